import ArgumentParser
import Forecasting
import Foundation

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Forecast series that come as lines on standard input, one line of answer for each.",
        discussion: """
            A line is a JSON object with "unique_id" and "y" (numbers, null where missing), and if it differs from the \
            options "horizon", "season" (a number or a list), "model" and "quantiles", and "x", an object of regressors, \
            each a list that goes beyond "y" by the horizon; or id,value,value,... with an empty field where a value is \
            missing. The answer is a JSON object with "unique_id", "model", "mean", a list for each \
            quantile such as "q0.9", and a "note" where there is something to say. A line that makes no sense is answered \
            by an object with "unique_id", "line" and "error"; the process goes on.

            EXAMPLES
              echo '{"unique_id":"a","y":[3,1,4,1,5,9,2,6,5,3,5,8,9,7]}' | granary worker --horizon 7
              granary worker --horizon 28 --season 7 --quantiles 0.1,0.5,0.9 < series.jsonl > forecasts.jsonl
            """)

    @Option(help: "Steps to forecast.")
    var horizon = 14

    @Option(help: ArgumentHelp("Length of the season in steps, or of two, such as 24,168.", valueName: "length"))
    var season: SeasonList?

    @Option(help: "Use this model wherever a series can carry it, instead of combining by backtest.")
    var model: ModelName?

    @Option(help: ArgumentHelp("Quantile levels, separated by commas.", valueName: "levels"))
    var quantiles: String?

    func run() async throws {
        var options = UnivariateOptions(horizon: horizon, seasons: season?.lengths ?? [])
        do {
            if let model { options.model = try WorkerLine.univariate(model.defaultValueDescription) }
            if let quantiles {
                options.levels = try WorkerLine.levels(quantiles.split(separator: ",").map { Double($0) ?? .nan })
            }
            try options.check()
            try WorkerLine.checkHorizon(horizon)
        } catch { throw ValidationError("\(error)") }
        var forecaster = UnivariateForecaster(options)
        var last = options
        var number = 0
        while let text = readLine() {
            number += 1
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            let answer: String
            do {
                let line = try WorkerLine(text, options)
                if line.options != last { (forecaster, last) = (UnivariateForecaster(line.options), line.options) }
                answer = line.answer(try await line.forecast(by: forecaster))
            } catch {
                answer = WorkerLine.fault("\(error)", id: WorkerLine.id(of: text), number: number)
            }
            FileHandle.standardOutput.write(Data((answer + "\n").utf8))
        }
    }
}
