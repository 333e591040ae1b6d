import Retail
import Simulation
public import Store

extension Workbench {
    /// Compares stored runs with the first of them; they must be done and share seed, replications and currency.
    public func compare(_ ids: [RunID]) throws(PipelineError) -> Comparison {
        var runs: [ComparedRun] = []
        for id in ids {
            let run: Run
            let figures: [Figure]
            do {
                run = try workspace.run(id)
                figures = try workspace.figures(id)
            } catch { throw .store(error) }
            guard run.status == .done else { throw .comparison(.notDone(run.inputs.name, run.status.rawValue)) }
            runs.append(
                ComparedRun(
                    name: run.inputs.name, seed: run.inputs.seed, replications: run.inputs.replications,
                    currency: run.inputs.currency, figures: figures))
        }
        do { return try Scenarios.compare(runs) } catch { throw .comparison(error) }
    }

    /// Compares runs at hand with the first of them.
    public static func compare(_ runs: [StoredRun]) throws(PipelineError) -> Comparison {
        let sides = runs.map { stored in
            ComparedRun(
                name: stored.run.inputs.name, seed: stored.run.inputs.seed,
                replications: stored.run.inputs.replications, currency: stored.run.inputs.currency,
                figures: stored.result.figures)
        }
        do { return try Scenarios.compare(sides) } catch { throw .comparison(error) }
    }
}
