/// The streams of random numbers. Append only: a number, once given, keeps its meaning, so that two builds
/// and two scenarios draw the same luck for the same thing.
///
/// A variate is keyed by (seed, stream, entity, replication, draw); the entity is a hash of codes or an
/// `OrderID`, never a dense index. At most 4,096 streams.
public enum RandomStreamID: UInt16, CaseIterable, Sendable {
    // Demand
    case arrivals = 0
    case arrivalTime = 1
    case basket = 2
    case segment = 3
    case customer = 4
    case conversion = 5
    case lineQuantity = 6
    case attach = 7
    case coupon = 8
    case chase = 9
    case liveShow = 10
    // Payment and handling
    case payment = 16
    case paymentLag = 17
    case cancellation = 18
    case cancellationLag = 19
    case review = 20
    case reviewTime = 21
    case addressFault = 22
    case answerTime = 23
    case remark = 24
    case withdrawal = 25
    case balance = 26
    case fraud = 27
    case pickup = 28
    case pickupWait = 29
    // Stock and routing
    case channelLag = 32
    case stockCount = 33
    case stockError = 34
    // Fulfilment and shipping
    case pickTime = 48
    case packTime = 49
    case transit = 50
    case deliveryAttempt = 51
    case carrierOutage = 52
    case shortPick = 56
    case freightSpread = 63
    // After sales and accounts
    case returnDecision = 64
    case returnDelay = 65
    case returnCondition = 66
    case settlement = 67
    case refusal = 68
    case returnReason = 69
    case exchange = 70
    case insurance = 71
    case visit = 72
    case serviceContact = 73
    // Replenishment
    case leadTime = 80
    case shortDelivery = 81
    case lateDelivery = 82
    case policySearch = 83
    case planDemand = 84
    case planLines = 85
    case planOpening = 86
    // Forecasting and statistics
    case forecastSample = 96
    case bootstrap = 97
    // Data generation and tests
    case generator = 112
    case verification = 113
}
