import Hummingbird
import Logging
import Mustache
import Retail

/// The planner's pages and API over one engine: what `serve` runs and what the tests call without a socket.
struct Planner: Sendable {
    let engine: any PlannerEngine
    let options: ServeOptions
    let desk: RunDesk
    let templates: PageTemplates

    init(engine: any PlannerEngine, options: ServeOptions) throws {
        self.engine = engine
        self.options = options
        desk = RunDesk()
        templates = try PageTemplates()
    }

    /// - Parameter listening: called with the port once the server listens.
    func application(
        logger: Logger, listening: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: nil),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? options.port) },
            logger: logger)
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ErrorPages(planner: self))
        router.add(middleware: HostGuard(names: [options.host] + options.allowedHosts))
        router.add(middleware: OriginGuard())
        addAssets(to: router)
        addRunPages(to: router)
        addSuggestionPages(to: router)
        addComparisonPage(to: router)
        addScenarioPages(to: router)
        addChangePages(to: router)
        addAPI(to: router)
        return router
    }
}
