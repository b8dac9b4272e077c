"""In which encoding a table is, told by its bytes."""

import pytest

from target_cascade.errors import InputError
from target_cascade.read.tables.encoding import decode

CHINESE = "月份,销售额（元）\n2011年1月,￥780000\n合计,780000\n"


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        pytest.param("utf-8", CHINESE, "UTF-8", id="UTF-8"),
        pytest.param("utf-8-sig", CHINESE, "UTF-8", id="UTF-8 with a mark"),
        pytest.param("utf-8", "month,amount\n", "UTF-8", id="ASCII"),
        pytest.param("utf-8", "", "UTF-8", id="empty"),
        pytest.param("utf-8", "März;1.234,50 €\n", "UTF-8", id="UTF-8 of German"),
        pytest.param("utf-16", CHINESE, "UTF-16", id="UTF-16 with a mark"),
        pytest.param("utf-16-le", f"\ufeff{CHINESE}", "UTF-16", id="UTF-16, little end first"),
        pytest.param("utf-16-be", f"\ufeff{CHINESE}", "UTF-16", id="UTF-16, big end first"),
        pytest.param("utf-16-le", CHINESE, "UTF-16", id="UTF-16 without a mark, little end first"),
        pytest.param("utf-16-be", CHINESE, "UTF-16", id="UTF-16 without a mark, big end first"),
        pytest.param("utf-16-le", "一月,1\n二月,2\n", "UTF-16", id="UTF-16 with hanzi that have a zero byte"),
        pytest.param("gbk", CHINESE, "GBK", id="GBK"),
        pytest.param("gbk", "月份,總額\n1,2\n", "GBK", id="GBK of traditional hanzi"),
        pytest.param("gbk", "时间,销售额\n2011-01,780000元\n2011-02,5元\n", "GBK", id="GBK pairs of UTF-8"),
        pytest.param("gb18030", CHINESE + "店𠮷,1\n", "GB18030", id="GB18030 beyond GBK"),
        pytest.param("gbk", "月份,金额\n2011-01,5\n" + "2011-02,5,母婴\n" * 40, "GBK", id="母婴 in GBK"),
        pytest.param("gbk", "Month,Sales,Shop\n" + "1,5,羽绒服\n" * 12, "GBK", id="one word in each row"),
        pytest.param(
            "gb18030", "Month,Sales\nJan,¥780\nFeb,¥5\n", "GB18030", id="GB18030 of the sign of yuan"
        ),
        pytest.param("gb18030", "Month;Sales\nJan;780\xa0000\n", "GB18030", id="GB18030 of a space"),
    ],
)
def test_text_is_read_in_its_encoding(codec: str, text: str, encoding: str) -> None:
    assert decode(text.encode(codec), "f.csv") == (text.removeprefix("\ufeff"), encoding)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"month,amount\n2011-01,\x005\n", "zero byte", id="NUL"),
        pytest.param("month\n\x00x".encode("utf-16"), "NUL", id="NUL in UTF-16"),
        pytest.param(b"\xff\xfea", "begins as UTF-16 and is none", id="half a character of UTF-16"),
        pytest.param("a".encode("utf-32"), "UTF-32", id="UTF-32"),
        pytest.param("Monat;Umsatz\nMärz;5\n".encode("cp1252"), "neither UTF-8 nor GBK", id="German"),
        pytest.param("Monat;Verkäufe\n1;5 €\n".encode("cp1252"), "neither UTF-8 nor GBK", id="euro sign"),
        pytest.param("mois,chiffre\nFévrier,1\nAoût,2\n".encode("cp1252"), "neither", id="French"),
        pytest.param("Месяц,Продажи\nЯнварь,5\n".encode("cp1251"), "neither", id="Russian"),
        pytest.param(
            "年月,売上高\n2011年1月,5\nカテゴリー,6\n".encode("shift-jis"), "neither", id="Japanese"
        ),
        pytest.param("ﾈﾝｹﾞﾂ,ｳﾘｱｹﾞ\n1,5\n".encode("shift-jis"), "neither", id="half-width kana"),
        pytest.param("월,매출(천원)\n2011-01,5\n".encode("euc-kr"), "neither UTF-8 nor GBK", id="Korean"),
        pytest.param("年月,売上高(百万円)\n2011-01,5\n".encode("euc-jp"), "neither", id="EUC of Japanese"),
        pytest.param("month,sales(万円)\n1,5\n".encode("euc-jp"), "neither", id="unit in EUC of Japanese"),
        pytest.param("月份,銷售額\n一月,5\n合計,5\n".encode("big5"), "neither UTF-8 nor GBK", id="Big5"),
        pytest.param(
            "月份,销售额\n".encode()[:-3] + b",5\n", "UTF-8 up to here", id="UTF-8 cut within a hanzi"
        ),
        pytest.param(
            "月份,金额(万元)\n".encode() + "合计,5\n备注,6\n".encode("gbk") * 9,
            "UTF-8 up to here",
            id="UTF-8, then GBK",
        ),
        pytest.param(
            "Месяц,Итого\n".encode() + b"M\xe4rz,5\n", "UTF-8 up to here", id="UTF-8 of Russian, then German"
        ),
        pytest.param(b"\xef\xbb\xbfa\xff", "UTF-8 up to here", id="wrong byte after the mark of UTF-8"),
    ],
)
def test_what_cannot_be_known_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(raw, "f.csv")


WORDS = (
    "旗舰店 羽绒服 连衣裙 牛仔裤 咖啡 酒 鞋 燕窝 龙井 瑜伽 剃须刀 螺蛳粉 银泰 哈尔滨 邯郸 杨 赵 吴 徐 孙 胡"
    " 朱 郭 梁 宋 郑 谢 韩 唐 冯 董 萧 曹 邓 傅 沈 彭 吕 潘 蒋 蔡 贾 丁 魏 薛 阎 母婴 元 饕餮 亳州 衢州"
).split()


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("header", ["月份,销售额,门店", "Month,Sales,备注", "日期,GMV,x"])
def test_no_word_in_every_row_makes_a_known_header_doubtful(header: str, word: str) -> None:
    text = f"{header}\n" + "".join(f"2011-{month:02},707.5,{word}\n" for month in range(1, 13))
    assert decode(text.encode("gb18030"), "f.csv").text == text


def test_place_of_the_wrong_byte_is_told() -> None:
    with pytest.raises(InputError) as refused:
        decode(b"month,amount\nM\xe4rz,5\n", "f.csv")
    assert refused.value.problems[0][:3] == ("f.csv", 2, 2)
