"""The bytes of a table → its text, in the encoding that they show themselves to be in."""

import codecs
from collections import Counter
from typing import NamedTuple

from target_cascade.errors import InputError, Located
from target_cascade.pattern import Pattern

_LITTLE, _BIG = "utf-16-le", "utf-16-be"
_ASCII = Pattern(r"[\x00-\x7f]+")
_AROUND = 200_000
"""Characters that are looked at to tell an encoding; a file may have a hundred times more."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十"
    "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表"
    "间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员"
    "革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处"
    "队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例"
    "真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众"
    "书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快"
    "效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺"
    "呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试"
    "食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古"
    "径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈"
    "仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙"
    "售销额店铺订付款退税净促汇币圣诞端午秋节假季周星期累幅占淘宝猫抖音微拼购买卖户客访浏览转化率毛仓库存储备注编码序号邮箱品牌渠道"
    "總額業銷貨額單價數"
)
"""Characters that Chinese is mostly written with, and those of tables of sales. Korean and Japanese decode
as GBK to all of its characters alike, so to few of these."""
_KNOWN = Pattern(
    "月份|日期|时间|年月|期间|季度|年度|销售|成交|金额|合计|总计|小计|总额|订单|营业|收入|实收|门店|店铺|旗舰店"
    "|专卖店|数量|单价|单位|备注|商品|产品|品牌|品类|渠道|客户|退款|支付|业绩|统计|万元|亿元|千元|人民币|公司|名称"
    "|编号|城市|地区|流水|交易|日均|同比|环比|銷售|銷貨|營業|總額|總計|合計|金額|時間|訂單|單價|數量|業績|環比|萬元"
)
"""Words of tables of sales, none of which the bytes of Korean, Japanese or UTF-8 decode to by chance."""
_LOST = Pattern("它边|篱边|帛边|玫盔|父盔|撅盔")
"""What 万円, 千円, 億円, 천원, 만원 and 억원 decode to: a unit would be lost."""
_SIGNS = "\xa0¥"  # GB18030 writes them in four bytes, in which hardly any other encoding decodes.
_NEITHER = "this is neither UTF-8 nor GBK; save it as UTF-8"


class Decoded(NamedTuple):
    """A text, and the encoding as messages name it: ``UTF-8``, ``UTF-16``, ``GBK`` or ``GB18030``."""

    text: str
    encoding: str


def decode(raw: bytes, name: str) -> Decoded:
    """The text of a table. UTF-8 is taken wherever the bytes are valid in it, GBK last.

    Raises `InputError` where `raw` is no text, or is in another encoding as far as that can be told.
    """
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _problem(name, raw, 0, "this is in UTF-32, which tables are not kept in; save it as UTF-8")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(raw[2:], name, _LITTLE if raw.startswith(codecs.BOM_UTF16_LE) else _BIG)
    if b"\x00" in raw:
        return _with_zeros(raw, name)
    try:
        return Decoded(raw.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError as error:
        is_marked = raw.startswith(codecs.BOM_UTF8)
        if is_marked or _is_broken_utf_8(raw, error.start):
            message = "this is UTF-8 up to here, where a byte is wrong; save the file again as UTF-8"
            raise _problem(name, raw, error.start, message) from None
        return _chinese(raw, name, error.start)


def _utf_16(raw: bytes, name: str, codec: str) -> Decoded:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        raise _problem(name, b"", 0, "this begins as UTF-16 and is none; save it as UTF-8") from None
    if "\x00" in text:
        raise _problem(
            name, b"", 0, "this has NUL characters, so it is no text; save the table as CSV in UTF-8"
        )
    return Decoded(text, "UTF-16")


def _with_zeros(raw: bytes, name: str) -> Decoded:
    """UTF-16 without a mark at its start: each ASCII character has a zero, always on the same side."""
    before, after = raw[::2].count(0), raw[1::2].count(0)
    if max(before, after) > 4 * min(before, after):
        codec = _BIG if before > after else _LITTLE
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            text = "\x00"
        if all(char.isprintable() or char in "\t\r\n\u3000\xa0" for char in set(text)):
            return Decoded(text, "UTF-16")
    message = "this has a zero byte, so it is no text; save the table as CSV in UTF-8"
    raise _problem(name, raw, raw.index(0), message)


def _is_broken_utf_8(raw: bytes, at: int) -> bool:
    """Whether around a wrong byte there is a known word in UTF-8, or most of what is not ASCII is UTF-8
    and the whole is not plainly GBK: 元 and 母婴 are pairs of bytes that UTF-8 has too.
    """
    text = raw[max(at - _AROUND, 0) : at + _AROUND].decode("utf-8", "replace")
    if _KNOWN.search(text):
        return True
    counts = Counter(text)
    wrong = counts.pop("\ufffd", 0)
    is_mostly = sum(count for char, count in counts.items() if not char.isascii()) > 2 * wrong
    return is_mostly and not _is_plainly_gbk(raw)


def _chinese(raw: bytes, name: str, not_utf_8: int) -> Decoded:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _problem(name, raw, max(error.start, not_utf_8), _NEITHER) from None
    if not _reads_as_chinese(text):
        raise _problem(name, raw, not_utf_8, f"{_NEITHER}, or the letters of this line are lost")
    try:
        raw.decode("gbk")
    except UnicodeDecodeError:
        return Decoded(text, "GB18030")
    return Decoded(text, "GBK")


def _reads_as_chinese(text: str) -> bool:
    """Whether there is a word of tables of sales, or the letters are of those that Chinese is written with.

    Each letter counts once, as one word may stand in every row. German, Japanese and the Chinese of Taiwan
    decode as GBK too, but to hanzi that hardly anybody uses, or to code points left for private use.
    """
    foreign = _foreign(text)
    if _KNOWN.search(foreign):
        return True
    letters = set(foreign).difference(_SIGNS, " ")
    if _LOST.search(foreign) or any("\ue000" <= char <= "\uf8ff" for char in letters):
        return False
    if 5 * sum(map(_is_usual, letters)) < 2 * len(letters):
        return False
    return 2 * len(letters & _COMMON) >= len(_hanzi(letters)) or _is_beyond_korean(letters)


def _is_beyond_korean(letters: set[str]) -> bool:
    """Whether a hanzi of six, at the least, is usual and in the rows from D0 on, as a third of Chinese is.

    Korean, in no order of use, decodes to the usual hanzi before them, and so do the kanji of Japanese
    that are in use. Russian and Greek of one byte a letter have no byte below C0.
    """
    codes = [char.encode("gb18030") for char in _hanzi(letters)]
    late = sum(len(code) == 2 and 0xD0 <= code[0] <= 0xD7 and code[1] >= 0xA1 for code in codes)
    is_of_one_byte = len(codes) > 3 and all(min(code) >= 0xC0 for code in codes)
    return 6 * late >= len(codes) and not is_of_one_byte


def _is_plainly_gbk(raw: bytes) -> bool:
    """Whether all is GBK, with a known word in it or two hanzi of three common ones."""
    try:
        foreign = _foreign(raw.decode("gb18030"))
    except UnicodeDecodeError:
        return False
    letters = set(foreign)
    return bool(_KNOWN.search(foreign)) or 3 * len(letters & _COMMON) > 2 * len(_hanzi(letters))


def _foreign(text: str) -> str:
    """The words of a text that are not ASCII, as many as are looked at."""
    return _ASCII.sub(" ", text)[:_AROUND]


def _hanzi(letters: set[str]) -> set[str]:
    return {char for char in letters if "\u4e00" <= char <= "\u9fff"}


def _is_usual(char: str) -> bool:
    """Of the 3,755 usual hanzi of GB 2312, or of its signs and full-width letters."""
    code = char.encode("gb18030")
    return len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _problem(name: str, raw: bytes, at: int, message: str) -> InputError:
    before = raw[:at].decode("utf-8", "replace").split("\n")
    return InputError(Located(name, len(before), len(before[-1]) + 1, message))
