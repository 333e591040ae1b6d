/// Provinces of China with the cities that orders come from: WGS 84 coordinates of the city centres (each within 0.1
/// degree of the populated place of GeoNames, http://www.geonames.org, CC BY 4.0), residents of the
/// province by the census of 2020 in ten thousands, city tiers as the trade press ranks them (1 first tier, 2 new first
/// tier, 3 second tier, 4 others).
enum ChinesePlaces {
    struct Province {
        var code: String
        /// Short name, as at the head of every spelling of it.
        var name: String
        /// Zone of the carriers' rate cards.
        var zone: String
        /// Residents, ten thousands.
        var people: Int
        var cities: [City]
    }

    struct City {
        var code: String
        var name: String
        var latitude: Double
        var longitude: Double
        var tier: Int
        /// Residents of the built-up city region, ten thousands.
        var people: Int
    }

    /// The province whose name a text begins with, such as 内蒙古 for 内蒙古自治区.
    static func province(_ text: String) -> Province? { provinces.first { text.hasPrefix($0.name) } }

    static let provinces: [Province] = rows.split(separator: "\n").map { row in
        let parts = row.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        let head = parts[0]
        return Province(
            code: head[0], name: head[1], zone: head[2], people: Int(head[3]) ?? 0,
            cities: parts.dropFirst().map { city in
                City(
                    code: city[0], name: city[1], latitude: Double(city[2]) ?? 0, longitude: Double(city[3]) ?? 0,
                    tier: Int(city[4]) ?? 4, people: Int(city[5]) ?? 0)
            })
    }

    private static let rows = """
        beijing 北京 north 2189|beijing 北京 39.904 116.407 1 2189
        tianjin 天津 north 1387|tianjin 天津 39.084 117.201 2 1387
        hebei 河北 north 7461|shijiazhuang 石家庄 38.042 114.515 3 1124|tangshan 唐山 39.630 118.180 4 772|baoding 保定 38.874 115.465 4 924|handan 邯郸 36.626 114.539 4 941|langfang 廊坊 39.538 116.684 4 549
        shanxi 山西 north 3492|taiyuan 太原 37.870 112.549 3 530|datong 大同 40.076 113.300 4 311
        neimenggu 内蒙古 northwest 2405|hohhot 呼和浩特 40.842 111.750 4 345|baotou 包头 40.658 109.840 4 271
        liaoning 辽宁 northeast 4259|shenyang 沈阳 41.805 123.431 2 907|dalian 大连 38.914 121.615 3 745|anshan 鞍山 41.108 122.995 4 333
        jilin 吉林 northeast 2407|changchun 长春 43.817 125.324 3 907|jilin_city 吉林市 43.838 126.550 4 362
        heilongjiang 黑龙江 northeast 3185|harbin 哈尔滨 45.750 126.650 3 1001|daqing 大庆 46.583 125.000 4 278
        shanghai 上海 east 2487|shanghai 上海 31.230 121.474 1 2487
        jiangsu 江苏 east 8475|nanjing 南京 32.060 118.797 2 931|suzhou 苏州 31.299 120.585 2 1275|wuxi 无锡 31.491 120.312 3 746|changzhou 常州 31.811 119.974 3 528|nantong 南通 31.980 120.894 3 773|xuzhou 徐州 34.205 117.284 3 908|yangzhou 扬州 32.394 119.413 4 456
        zhejiang 浙江 east 6457|hangzhou 杭州 30.274 120.155 2 1194|ningbo 宁波 29.868 121.544 2 940|wenzhou 温州 27.994 120.699 3 957|jinhua 金华 29.079 119.647 3 705|jiaxing 嘉兴 30.746 120.755 3 540|taizhou 台州 28.656 121.421 3 662|shaoxing 绍兴 30.030 120.580 3 527
        anhui 安徽 east 6103|hefei 合肥 31.821 117.227 2 937|wuhu 芜湖 31.352 118.433 4 364|fuyang 阜阳 32.890 115.814 4 820
        fujian 福建 south 4154|fuzhou 福州 26.075 119.297 3 829|xiamen 厦门 24.480 118.089 3 516|quanzhou 泉州 24.874 118.676 3 878
        jiangxi 江西 central 4519|nanchang 南昌 28.683 115.858 3 626|ganzhou 赣州 25.831 114.935 4 897
        shandong 山东 north 10153|jinan 济南 36.668 116.997 3 920|qingdao 青岛 36.067 120.383 2 1007|yantai 烟台 37.464 121.448 3 710|weifang 潍坊 36.707 119.162 3 939|linyi 临沂 35.104 118.357 3 1102|jining 济宁 35.415 116.587 4 836
        henan 河南 central 9937|zhengzhou 郑州 34.747 113.625 2 1260|luoyang 洛阳 34.619 112.454 4 706|nanyang 南阳 32.991 112.528 4 971|xinxiang 新乡 35.190 113.802 4 625
        hubei 湖北 central 5775|wuhan 武汉 30.593 114.305 2 1233|xiangyang 襄阳 32.009 112.122 4 526|yichang 宜昌 30.692 111.287 4 402
        hunan 湖南 central 6644|changsha 长沙 28.228 112.939 2 1005|hengyang 衡阳 26.893 112.572 4 665|zhuzhou 株洲 27.828 113.134 4 390
        guangdong 广东 south 12601|guangzhou 广州 23.129 113.264 1 1868|shenzhen 深圳 22.543 114.058 1 1756|dongguan 东莞 23.021 113.752 2 1047|foshan 佛山 23.021 113.122 2 950|zhuhai 珠海 22.271 113.577 3 244|zhongshan 中山 22.516 113.393 3 442|huizhou 惠州 23.112 114.416 3 604|shantou 汕头 23.354 116.682 4 550
        guangxi 广西 south 5013|nanning 南宁 22.817 108.366 3 874|liuzhou 柳州 24.326 109.415 4 416|guilin 桂林 25.274 110.290 4 493
        hainan 海南 south 1008|haikou 海口 20.034 110.347 3 287|sanya 三亚 18.253 109.512 4 103
        chongqing 重庆 southwest 3205|chongqing 重庆 29.563 106.551 2 3205
        sichuan 四川 southwest 8367|chengdu 成都 30.573 104.067 2 2094|mianyang 绵阳 31.467 104.679 4 487|nanchong 南充 30.837 106.111 4 561
        guizhou 贵州 southwest 3856|guiyang 贵阳 26.647 106.630 3 599|zunyi 遵义 27.726 106.927 4 661
        yunnan 云南 southwest 4721|kunming 昆明 25.038 102.718 3 846|qujing 曲靖 25.490 103.796 4 577
        xizang 西藏 west 365|lhasa 拉萨 29.650 91.141 4 87
        shaanxi 陕西 northwest 3953|xian 西安 34.341 108.940 2 1295|xianyang 咸阳 34.330 108.709 4 396
        gansu 甘肃 northwest 2502|lanzhou 兰州 36.061 103.834 3 436|tianshui 天水 34.581 105.725 4 298
        qinghai 青海 northwest 592|xining 西宁 36.617 101.778 4 247
        ningxia 宁夏 northwest 720|yinchuan 银川 38.487 106.231 4 286
        xinjiang 新疆 west 2585|urumqi 乌鲁木齐 43.825 87.617 3 405|kashgar 喀什 39.470 75.990 4 449
        """
}
