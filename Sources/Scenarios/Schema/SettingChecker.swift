import Retail

/// Holds a tree of settings against the table: unknown keys, wrong kinds, missing units, ranges, missing keys.
/// All issues are collected; what is right is kept as typed values by path.
struct SettingChecker {
    private(set) var values: [String: SettingValue] = [:]
    /// Where each path was written: the value's place.
    private(set) var places: [String: SourcePlace] = [:]
    private(set) var issues: [ScenarioIssue] = []
    /// The section of the bare model, when the file describes one.
    private(set) var modelKey: String?

    /// - Parameter isComplete: required keys must be there (the merged scenario rather than one file of it).
    mutating func check(_ root: SettingsNode, isComplete: Bool = true) {
        checkMapping(root, path: "", isComplete: isComplete)
    }

    private mutating func checkMapping(_ node: SettingsNode, path: String, isComplete: Bool) {
        guard case .mapping(let entries) = node.content else {
            issues.append(
                .init(node.place, path, node.shown, path.isEmpty ? .notMapping : .wrongKind(.section)))
            return
        }
        var known = SettingTable.children(of: path)
        if path.isEmpty {
            // A bare model has a head and its own section; a promotion day has everything else.
            modelKey = entries.first { SettingTable.modelKeys.contains($0.key) }?.key
            known = known.filter { modelKey.map(SettingTable.keys(ofModel:))?.contains($0.key) ?? true }
        }
        for entry in entries {
            let below = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            guard let setting = known.first(where: { $0.key == entry.key }) else {
                if path.isEmpty, let modelKey, SettingTable.setting(entry.key) != nil {
                    issues.append(.init(entry.place, below, "", .notInModel(model: modelKey)))
                    continue
                }
                issues.append(
                    .init(
                        entry.place, below, "",
                        .unknownKey(nearest: nearest(entry.key, among: known), known: known.map(\.key))))
                continue
            }
            places[below] = entry.node.place
            check(entry.node, setting.kind, path: below, isComplete: isComplete)
        }
        guard isComplete else { return }
        for setting in known where !entries.contains(where: { $0.key == setting.key }) {
            if modelKey == nil, SettingTable.modelKeys.contains(setting.path) { continue }
            if setting.isRequired {
                let missing = path.isEmpty ? setting.key : "\(path).\(setting.key)"
                issues.append(.init(node.place, missing, "", .missingKey(setting.kind)))
            } else if setting.kind == .section {
                // An absent section may still have keys that must be given.
                for child in SettingTable.children(of: setting.path) where child.isRequired {
                    issues.append(.init(node.place, child.path, "", .missingKey(child.kind)))
                }
            }
        }
    }

    /// A slip of the keyboard, or a key that belongs elsewhere.
    private func nearest(_ key: String, among known: [Setting]) -> String? {
        if let near = nearestName(to: key, in: known.map(\.key)) { return near }
        return SettingTable.settings.first { $0.key == key }?.path
    }

    private mutating func check(_ node: SettingsNode, _ kind: SettingKind, path: String, isComplete: Bool) {
        switch (kind, node.content) {
        // The loader has looked at the version of every file.
        case (.version, _): return
        // The loader checks it as the scenario it is.
        case (.scenario, .mapping): return
        case (.section, _): checkMapping(node, path: path, isComplete: isComplete)
        case (.list, .list(let items)):
            values[path] = .list(count: items.count)
            for (i, item) in items.enumerated() {
                places["\(path)[\(i)]"] = item.place
                checkMapping(item, path: "\(path)[\(i)]", isComplete: isComplete)
            }
        case (.scope, _): checkScope(node, path: path)
        case (.choiceOrCodes, .list(let items)):
            if let codes = codes(items, path: path) { values[path] = .codes(codes) }
        case (.choiceOrCodes(let words), .scalar(let word)) where words.contains(word): values[path] = .text(word)
        case (.perChannel(let kind), .mapping(let entries)):
            var channels: [SettingValue.ChannelValue] = []
            for entry in entries {
                let below = "\(path).\(entry.key)"
                places[below] = entry.place
                guard case .scalar(let text) = entry.node.content else {
                    issues.append(.init(entry.node.place, below, entry.node.shown, .wrongKind(kind)))
                    continue
                }
                if let value = scalar(text, kind, entry.node.place, below) {
                    channels.append(.init(channel: entry.key, value: value))
                }
            }
            values[path] = .perChannel(channels)
        case (_, .scalar(let text)):
            if let value = scalar(text, kind, node.place, path) { values[path] = value }
        default: issues.append(.init(node.place, path, node.shown, .wrongKind(kind)))
        }
    }

    private mutating func scalar(
        _ text: String, _ kind: SettingKind, _ place: SourcePlace, _ path: String
    ) -> SettingValue? {
        do throws(ScalarFault) {
            return try kind.parse(text)
        } catch {
            let problem: ScenarioProblem =
                switch error {
                case .kind: .wrongKind(kind)
                case .unit: .missingUnit(kind)
                case .range: .outOfRange(kind)
                }
            issues.append(.init(place, path, text, problem))
            return nil
        }
    }

    private mutating func codes(_ items: [SettingsNode], path: String) -> [String]? {
        var result: [String] = []
        for (i, item) in items.enumerated() {
            places["\(path)[\(i)]"] = item.place
            guard case .scalar(let text) = item.content, let value = scalar(text, .code, item.place, "\(path)[\(i)]"),
                case .text(let code) = value
            else {
                if case .scalar = item.content { return nil }
                issues.append(.init(item.place, "\(path)[\(i)]", item.shown, .wrongKind(.code)))
                return nil
            }
            result.append(code)
        }
        return result
    }

    private mutating func checkScope(_ node: SettingsNode, path: String) {
        if node.content == .scalar("everything") {
            values[path] = .scope(.everything)
            return
        }
        guard let entries = node.entries, entries.count == 1, let entry = entries.first else {
            issues.append(.init(node.place, path, node.shown, .wrongKind(.scope)))
            return
        }
        let below = "\(path).\(entry.key)"
        let known = ["category", "skus"]
        guard known.contains(entry.key) else {
            let nearest = nearestName(to: entry.key, in: known)
            issues.append(.init(entry.place, below, "", .unknownKey(nearest: nearest, known: known)))
            return
        }
        guard case .list(let items) = entry.node.content, !items.isEmpty else {
            issues.append(.init(entry.node.place, below, entry.node.shown, .wrongKind(.scope)))
            return
        }
        if let codes = codes(items, path: below) {
            values[path] = .scope(entry.key == "skus" ? .skus(codes) : .category(codes))
        }
    }
}
