"""Words around the name of sales: those that change nothing, and those that make something else of it."""

from target_cascade.pattern import Pattern

# What may be left of a name beside a word for sales: 天猫旗舰店成交金额, Total sales 2011, 销售额/万元.
_HARMLESS = Pattern(
    r"[\s\d.,;:|/+\-–—'\"*#&_()\[\]【】{}、·~′″]+"
    r"|[一-鿿a-z\d]{0,12}(?<!同)店(?:铺|面)?|门店|店铺?|本店|直营|加盟|公司|集团|品牌|部门|渠道"
    r"|全渠道|线上|线下|电商|官网|小程序|直播(?:间)?"
    r"|天猫|淘宝|京东|拼多多|抖音|快手|小红书|唯品会|美团|饿了么|苏宁|有赞|微信|支付宝|微店|零售"
    r"|批发|团购|外卖|堂食|会员|国内|国外|海外|出口|内销"
    r"|求和项|合计|总计|汇总|小计|总共|总|全部|全年|本年|年度?|季度?|月度?|月份|日|每日|每月|当月"
    r"|当日|本月|本期|本日|今年|当年|今天|单月|去重"
    r"|实际|实|净|毛|最终|成功|已|有效|统计|商品|产品|货品|货款|买家|用户|客户|顾客|商家|卖家|平台"
    r"|订单|交易|主营|业务|服务|项目|结算|发货|开票|确认"
    r"|数据|数值|值|额|款|金|的|之|和|及|与|在|中|为|计|其中|单位|含税?|不含|税|元|圆|角|分|人民币"
    r"|美元|欧元|港币|日元|[十百千万亿萬億円]"
    r"|\b(?:(?:19|20)\d\d|fy|cy|h[12]|q[1-4]|[a-z]|b2[bc]|d2c|total|tot|net|gross|monthly|month"
    r"|daily|day|weekly|week|annual"
    r"|yearly|actuals?|actual|all|sum|of|in|for|by|and|the|our|this|from|at|on|to|as|is"
    r"|stores?|shops?|branch|outlet|online|offline|retail|wholesale|web|website|ecommerce"
    r"|e commerce|pos|channels?"
    r"|tmall|taobao|jd|amazon|shopify|ebay|etsy|tiktok|douyin|walmart|product|products|service"
    r"|services|goods|food"
    r"|merchandise|company|group|final|converted|ordered|shipped|invoiced?|billed|paid|payments?"
    r"|item|items|line|order"
    r"|transaction|customer|adjusted|seasonally|nsa|not|obs|nominal|current|summary"
    r"|grand|overall|domestic|export|international"
    r"|usd?|eur|euros?|gbp|cny|rmb|hkd|jpy|krw|twd|sgd|inr|aud|cad|chf|yuan|yen|rs|dollars?|pounds"
    r"|rupees|pesos"
    r"|thousands?|millions?|billions?|lakhs?|lacs?|crores?|cr|hundreds?|ten|000s?|mm|mn|mln|mio|mrd"
    r"|bn|\d+k|hk|us|kw|wan|cents?"
    r"|millones|miles|de|du|del|des|le|la|les|el|total[ei]s?|netto|brutto|gesamt|monats"
    r"|mensuel(?:le)?s?|mensual(?:es)?"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"|[$€£¥₩₹%]"
)
# With a word for sales these are still no sales of one's own, or not the whole of them: 采购金额.
_NO_SALES = Pattern(
    r"采购|进货|购入|购进|应收|应付|未付|未收|未支付|欠款|待付|待收|竞品|竞争|竞店|对手|同行|行业"
    r"|大盘|市场|每|单店|店均|坪效|人效|同店|可比|退回"
    r"|赔付|赔偿|作废|取消|关闭|流失|损失|潜在|意向|估算|估计|暂估|滚动|营业外|号$|量$"
    r"|\b(?:refunded|purchased?|purchases|purchasing|lost|loss(?:es)?|deferred|unearned"
    r"|receivables?|payables?|unpaid"
    r"|outstanding|per|py|volumes?|vol|industry|competitors?|rolling|moving|trailing|ttm|ltm|l12m"
    r"|same store|like for like"
    r"|lfl|comparable|comps?|unbilled|backlog|pipeline|potential|estimated?|est|cancell?ed|voided"
    r"|spend|spent|spending"
    r"|owed|due|overdue|disputed|chargebacks?)\b|/ ?(?:sq|m2|store|head|day|customer|employee|件|店"
    r"|人|天|日)"
)
# In brackets behind a word for sales: of pieces, or of more than a month.
_NO_MONEY = Pattern(
    r"^(?:[十百千万亿]*(?:件|个|只|台|吨|箱|瓶|支|套|单|笔|人|次|人次|盒|包|袋|桶|双|本|辆|条|张|克"
    r"|千克|公斤|升|米|平米|kg|t)|k?tons?"
    r"|tonnes?|box(?:es)?|cases|pieces|litres?|liters?|lbs?|kgs?|cartons?|bottles?)$"
    r"|\b(?:rolling|moving|trailing|ttm|ltm|refund\w*|purchases?|per|py|volume|index|\d+[ -]?(?:mth"
    r"|month)s?)\b"
    r"|采购|退款|退货|滚动|移动|行业|竞品"
)
# Alone in a file these are read by nobody as sales, though they may be the name of a thing that is sold.
_AGAINST = Pattern(
    r"提现|转账|借方|贷方|期初|期末|保险|赠送|补助|补贴|投资|支出|开支|花销|工资|薪|奖金|余额|结余"
    r"|温度|气温|湿度|降水|费$|租金|房租|人工|社保|贷款|借款"
    r"|负债|资产|存款|利息|客流|人员|员工|评分|得分|体重|身高|年龄"
    r"|[^总]量$|^量$|时长|面积|汇率|股价|市值|用电|用水|能耗|采购|进货|应收|应付|欠款|损失|退款|预收|预付"
    r"|\b(?:team|calls|reps|days|transactions|tips|tax|opening|closing|market|km|temp|temps"
    r"|temperatures?|humidity|rain(?:fall)?|precipitation|headcount|heads|employees"
    r"|staff|fte|salar(?:y|ies)"
    r"|wages?|payroll|rent|spend|spending|spent|ad spend|balances?|debts?|loans?|interest"
    r"|population|users|members|hours"
    r"|kwh|electricity|footfall|followers|subscribers|downloads|leads|scores?|ratings?|age|height"
    r"|deposits?|withdrawals?"
    r"|debits?|purchases?|purchased|liabilit(?:y|ies)|assets|volumes?|exchange|passengers|pax"
    r"|births|deaths)\b"
)


def is_harmless(rest: str) -> bool:
    """Whether what is left of a name beside the words for sales says only of where, when and in what."""
    return not _HARMLESS.sub("", rest)


def is_of_no_sales(name: str, bracketed: list[str]) -> bool:
    """Whether a name with a word for sales is that of something else; `bracketed` is what is in brackets."""
    return _NO_SALES.search(name) is not None or any(_NO_MONEY.search(inner) for inner in bracketed)


def speaks_against(name: str) -> bool:
    """Whether a folded name without a word for sales is that of a thing that is no sales."""
    return _AGAINST.search(name) is not None
