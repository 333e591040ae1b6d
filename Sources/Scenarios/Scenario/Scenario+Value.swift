extension Scenario {
    /// A setting as it is written in a file: the scenario's own, else the default.
    /// - Parameter path: keys and list items as `--set` takes them, such as `demand.volume` or `promotions[0].depth`.
    /// - Returns: nil where there is no such setting, or it has neither value nor default.
    public func value(at path: String) -> String? {
        guard let steps = ScenarioOverride.steps(path[...]) else { return nil }
        var node: SettingsNode? = settings
        for step in steps {
            switch step {
            case .key(let key): node = node?[key]
            case .item(let name):
                guard case .list(let items)? = node?.content else { return nil }
                node = ScenarioOverride.position(name, items).map { items[$0] }
            }
        }
        guard let node else { return SettingTable.setting(ScenarioOverride.pathText(steps))?.fallback }
        if case .scalar(let text) = node.content { return text }
        return ScenarioWriter.flow(node)
    }
}
