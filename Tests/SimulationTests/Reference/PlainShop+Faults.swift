import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What goes wrong for a while.
extension PlainShop {
    func covering(_ now: Int64) -> [FaultPlan] {
        world.faults.filter { $0.begins.microseconds <= now && now < $0.ends.microseconds }
    }

    func afterPause(_ now: Int64) -> Int64 {
        let ends = covering(now).filter { $0.kind == .systemPause }.map(\.ends.microseconds)
        return ends.max().map(afterPause) ?? now
    }

    /// When a node works again.
    func afterOutage(_ node: Int, _ now: Int64) -> Int64 {
        let ends = covering(now).filter { $0.kind == .nodeOutage(Node.Index(node)) }.map(\.ends.microseconds)
        return ends.max().map { afterOutage(node, $0) } ?? now
    }

    func isOut(_ node: Int, _ now: Int64) -> Bool { afterOutage(node, now) > now }

    /// What a carrier takes of its capacity at a moment.
    func capacity(_ carrier: Int, _ usual: Int64, _ now: Int64) -> Int64 {
        var factor = 1.0
        for fault in covering(now) {
            guard case .carrier(let index, let part, _) = fault.kind, index == nil || index?.position == carrier else {
                continue
            }
            factor *= part
            seen.insert("carrier out")
        }
        return factor == 1 ? usual : Int64((Double(usual) * factor).rounded(.down))
    }

    func price(_ carrier: Int, _ usual: Int64, _ now: Int64) -> Int64 {
        var sum = usual
        for fault in covering(now) {
            guard case .carrier(let index, _, let rate) = fault.kind, index == nil || index?.position == carrier else {
                continue
            }
            sum += roundedDivision(usual * rate.partsPerMillion, by: 1_000_000)
        }
        return sum
    }

    func afterCarrierOutage(_ carrier: Int, _ now: Int64) -> Int64 {
        for fault in covering(now) {
            guard case .carrier(let index, 0, _) = fault.kind, index == nil || index?.position == carrier else {
                continue
            }
            return afterCarrierOutage(carrier, fault.ends.microseconds)
        }
        return now
    }

    /// When goods due at a moment really come.
    func delayed(_ due: Int64, row: Int, isTransfer: Bool) -> Int64 {
        var time = due
        for fault in covering(due) {
            switch fault.kind {
            case .supplierDelay(let supplier, let delay)
            where !isTransfer && (supplier == nil || supplier == world.stock.rows[row].supplier):
                time += delay.microseconds
            case .lateStock(let node, let delay) where node == nil || node?.position == rows[row].node:
                time += delay.microseconds
            default: break
            }
        }
        if time > due { seen.insert("goods late") }
        return time
    }
}
