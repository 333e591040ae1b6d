import Retail

extension TableOutput {
    mutating func nodes(_ nodes: [Node]) {
        for node in nodes {
            text(node.code)
            text(node.name)
            text(node.kind.rawValue)
            real(node.location.latitude)
            real(node.location.longitude)
            integer(node.picksPerHour)
            integer(node.stations)
            clock(node.cutOff)
            clock(node.opens)
            clock(node.closes)
            amount(node.fixedCostPerDay)
            price(node.costPerLine)
            integer(node.storage)
            text(node.replenishedFrom)
            integer(node.synchronisationLag)
            integer(node.packStations)
            integer(node.dockCapacity)
            real(node.transferHours)
            real(node.transferDeviation)
            endRow()
        }
    }

    mutating func regions(_ dataset: Dataset) {
        for region in dataset.regions {
            text(region.code)
            text(region.name)
            real(region.location.latitude)
            real(region.location.longitude)
            integer(region.tier)
            integer(region.population)
            text(region.zone)
            flag(region.isExport)
            endRow()
        }
    }

    mutating func channels(_ dataset: Dataset) {
        for channel in dataset.channels {
            text(channel.code)
            text(channel.name)
            text(channel.kind.rawValue)
            rate(channel.commission)
            rate(channel.paymentFee)
            integer(channel.settlementDays)
            integer(channel.synchronisationLag)
            rate(channel.paidShare)
            endRow()
        }
    }

    mutating func segments(_ dataset: Dataset) {
        for segment in dataset.segments {
            text(segment.code)
            text(segment.name)
            rate(segment.share)
            rate(segment.returnRate)
            real(segment.conversion)
            real(segment.priceSensitivity)
            endRow()
        }
    }

    mutating func carriers(_ dataset: Dataset) {
        for carrier in dataset.carriers {
            text(carrier.code)
            text(carrier.name)
            integer(carrier.dailyCapacity)
            clock(carrier.cutOff)
            integer(carrier.hourlyCapacity)
            endRow()
        }
    }

    mutating func rates(_ dataset: Dataset) {
        for card in dataset.rates {
            text(dataset.carriers[card.carrier.position].code)
            text(card.zone)
            text(card.tier.rawValue)
            integer(card.firstWeight)
            price(card.firstPrice)
            integer(card.stepWeight)
            price(card.stepPrice)
            real(card.transit)
            real(card.transitDeviation)
            real(card.maximumDistance)
            endRow()
        }
    }

    mutating func calendar(_ dataset: Dataset) {
        for entry in dataset.calendar.days {
            day(entry.day)
            flag(entry.isOpen)
            text(entry.event)
            endRow()
        }
    }

    mutating func events(_ dataset: Dataset) {
        for event in dataset.calendar.stated {
            text(event.name)
            text(event.kind.rawValue)
            day(event.from)
            day(event.through)
            integer(event.buildUp)
            integer(event.dip)
            text(event.source)
            endRow()
        }
    }
}
