import Foundation
import Retail

/// Loads scenario files: reads, follows `extends`, lays in overrides, checks everything, and decodes.
public enum ScenarioLoader {
    /// Files in one chain of `extends`.
    static let maximumChain = 16

    /// Loads the scenario file at `path`.
    ///
    /// - Parameters:
    ///   - overrides: changes as `path=value`, in order, in the file's own notation.
    ///   - root: `extends` may not lead out of this folder; nil takes the folder of `path`.
    /// - Throws: every issue of the scenario and of the files it extends, up to 50.
    public static func load(
        _ path: String, overrides: [String] = [], root: String? = nil
    ) throws(ScenarioError) -> Scenario {
        try day(loadFile(path, overrides: overrides, root: root))
    }

    /// Loads a scenario file of either kind: a promotion day, or a bare model.
    public static func loadFile(
        _ path: String, overrides: [String] = [], root: String? = nil
    ) throws(ScenarioError) -> ScenarioFile {
        let root = root ?? folder(of: path)
        var issues: [ScenarioIssue] = []
        let tree = chain(path, root: root, seen: [], askedBy: nil, issues: &issues)
        return try resolve(tree, name: path, overrides: overrides, issues: issues)
    }

    private static func day(_ file: ScenarioFile) throws(ScenarioError) -> Scenario {
        switch file {
        case .day(let scenario): return scenario
        case .model(let model):
            throw ScenarioError([.init(model.place, model.key, "", .isModel(model: model.key))])
        }
    }

    /// Loads a scenario from text, such as the one stored with a run. It may not extend another.
    ///
    /// - Parameters:
    ///   - name: what errors call the text.
    ///   - folder: what its `data` folder is relative to.
    public static func load(
        text: String, name: String, folder: String = "", overrides: [String] = []
    ) throws(ScenarioError) -> Scenario {
        var issues: [ScenarioIssue] = []
        var tree = read(Array(text.utf8), name, &issues)
        if let node = tree?["extends"] {
            issues.append(.init(node.place, "extends", node.shown, .extendsOutside(root: name)))
        }
        if var node = tree { rebase(&node, onto: folder); tree = node }
        return try day(resolve(tree, name: name, overrides: overrides, issues: issues))
    }

    private static func resolve(
        _ tree: SettingsNode?, name: String, overrides: [String], issues: [ScenarioIssue]
    ) throws(ScenarioError) -> ScenarioFile {
        var issues = issues
        var merged = tree ?? SettingsNode(content: .mapping([]), place: SourcePlace(file: name))
        for text in overrides {
            let (change, faults) = ScenarioOverride.parse(text)
            issues += faults
            if let fault = change?.apply(to: &merged) { issues.append(fault) }
        }
        guard tree != nil else { throw ScenarioError(issues) }
        var checker = SettingChecker()
        // Where a file of the chain could not be read, what it would have said is not missing.
        checker.check(merged, isComplete: !issues.contains { $0.path == "extends" })
        issues += checker.issues
        if let key = checker.modelKey {
            guard issues.isEmpty else { throw ScenarioError(sorted(issues)) }
            let (model, faults) = ModelScenario.decode(
                key, checker.values, places: checker.places, name: stem(name), settings: merged)
            guard let model, faults.isEmpty else { throw ScenarioError(sorted(faults)) }
            return .model(model)
        }
        guard
            var scenario = Scenario(
                checker.values, places: checker.places, defaultName: stem(name), settings: merged)
        else { throw ScenarioError(sorted(issues)) }
        issues += try branch(&scenario, merged, checker.values, name: name)
        // Rules on values that were refused would only repeat the refusal.
        let refused = Set(issues.map(\.path))
        issues += ScenarioRules(scenario: scenario).issues().filter { !refused.contains($0.path) }
        guard issues.isEmpty else { throw ScenarioError(sorted(issues)) }
        return .day(scenario)
    }

    /// Gives a scenario that takes over in mid-run what holds before it.
    private static func branch(
        _ scenario: inout Scenario, _ merged: SettingsNode, _ values: [String: SettingValue], name: String
    ) throws(ScenarioError) -> [ScenarioIssue] {
        let before = merged["before"]
        guard let moment = SettingsReader(values: values).moment("branch_at") else {
            return before.map { [.init($0.place, "before", "", .missingKey(.moment))] } ?? []
        }
        guard let before else {
            return [.init(scenario.place("branch_at"), "branch_at", "\(moment)", .branchOfNothing)]
        }
        let base = try day(resolve(before, name: name, overrides: [], issues: []))
        scenario.branch = .at(moment, base: base)
        var checker = SettingChecker()
        checker.check(before)
        return BranchRules(values: values, before: checker.values, scenario: scenario).issues()
    }

    /// File by file, in the order of their lines; an issue found twice is told once.
    private static func sorted(_ issues: [ScenarioIssue]) -> [ScenarioIssue] {
        var seen: [ScenarioIssue] = []
        for issue in issues where !seen.contains(issue) { seen.append(issue) }
        return seen.sorted {
            ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
        }
    }

    /// The tree of a file with what it extends beneath it.
    private static func chain(
        _ path: String, root: String, seen: [String], askedBy: SettingsNode?, issues: inout [ScenarioIssue]
    ) -> SettingsNode? {
        let here = canonical(path)
        let names = seen + [here]
        func complain(_ problem: (String) -> ScenarioProblem) {
            let chain = names.map { ($0 as NSString).lastPathComponent }.joined(separator: " -> ")
            let place = askedBy?.place ?? SourcePlace(file: path)
            issues.append(.init(place, "extends", askedBy?.shown ?? path, problem(chain)))
        }
        if seen.contains(here) || seen.count >= maximumChain {
            complain { .extendsCycle(chain: $0) }
            return nil
        }
        let bytes: [UInt8]
        do {
            bytes = try contents(path)
        } catch {
            if askedBy == nil {
                issues.append(.init(SourcePlace(file: path), "", "", .unreadable(reason: error.reason)))
            } else {
                complain { .extendsMissing(chain: $0) }
            }
            return nil
        }
        guard var node = read(bytes, path, &issues) else { return nil }
        rebase(&node, onto: folder(of: path))
        guard let parent = node["extends"] else { return node }
        if case .mapping(let entries) = node.content {
            node.content = .mapping(entries.filter { $0.key != "extends" })
        }
        guard case .scalar(let text) = parent.content, !text.isEmpty else {
            issues.append(.init(parent.place, "extends", parent.shown, .wrongKind(.path)))
            return node
        }
        let next = folder(of: path).isEmpty || text.hasPrefix("/") ? text : folder(of: path) + "/" + text
        guard !text.hasPrefix("/"), lies(next, within: root) else {
            issues.append(.init(parent.place, "extends", text, .extendsOutside(root: root.isEmpty ? "." : root)))
            return node
        }
        guard let base = chain(next, root: root, seen: names, askedBy: parent, issues: &issues) else { return node }
        if node["branch_at"] != nil, var entries = node.entries {
            // What the file extends is what holds until its moment; a branch beneath it stays visible as one.
            entries.removeAll { $0.key == "before" }
            entries.append(.init(key: "before", place: parent.place, node: base))
            node.content = .mapping(entries)
            return SettingsNode(
                content: .mapping((base.entries ?? []).filter { $0.key != "before" }), place: base.place
            )
            .nameless.merged(with: node)
        }
        return base.nameless.merged(with: node)
    }

    /// Reads one file's text and checks its head.
    private static func read(_ bytes: [UInt8], _ file: String, _ issues: inout [ScenarioIssue]) -> SettingsNode? {
        let start = SourcePlace(file: file)
        guard bytes.count <= YAMLReader.maximumBytes else {
            issues.append(.init(start, "", "", .tooLarge(limit: YAMLReader.maximumBytes)))
            return nil
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let text = String(validating: body, as: UTF8.self) else {
            issues.append(.init(invalidPlace(body, file), "", "", .notUTF8))
            return nil
        }
        var reader = YAMLReader(file: file)
        let tree = reader.read(text)
        issues += reader.issues
        guard let tree else { return nil }
        guard let entries = tree.entries else {
            issues.append(.init(tree.place, "", tree.shown, .notMapping))
            return nil
        }
        guard let version = entries.first(where: { $0.key == "granary" }) else {
            issues.append(.init(entries.first?.place ?? start, "granary", "", .versionNotFirst))
            return tree
        }
        if entries.first?.key != "granary" { issues.append(.init(version.place, "granary", "", .versionNotFirst)) }
        guard case .scalar(let written) = version.node.content, let number = Int64(written), number >= 1 else {
            issues.append(.init(version.node.place, "granary", version.node.shown, .badVersion))
            return tree
        }
        if number > SettingTable.version {
            // A newer file has keys this build cannot know: reading on would bury the one true error.
            issues.append(
                .init(version.node.place, "granary", written, .newerVersion(known: Int(SettingTable.version))))
            return nil
        }
        return tree
    }

    /// Where the first byte stands that is not UTF-8.
    private static func invalidPlace(_ bytes: ArraySlice<UInt8>, _ file: String) -> SourcePlace {
        var place = SourcePlace(file: file)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" { place = SourcePlace(file: file, line: place.line + 1) } else { place.column += 1 }
        }
        return place
    }

    private static func contents(_ path: String) throws(Unreadable) -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Unreadable(reason: "there is no such file or folder")
        }
        guard !isFolder.boolValue else { throw Unreadable(reason: "it is a folder") }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw Unreadable(reason: "permission was denied") }
        defer { try? handle.close() }
        // One byte more than allowed, so that a file without end is not read to its end.
        guard let data = try? handle.read(upToCount: YAMLReader.maximumBytes + 1) else { return [] }
        return [UInt8](data)
    }

    private struct Unreadable: Error { var reason: String }

    /// Paths are relative to the file they stand in; from here on to the working directory.
    private static func rebase(_ node: inout SettingsNode, onto folder: String) {
        guard !folder.isEmpty else { return }
        for keys in [["data"], ["network", "candidates"], ["network", "travel"]] {
            rebase(&node, keys[...], onto: folder)
        }
    }

    private static func rebase(_ node: inout SettingsNode, _ keys: ArraySlice<String>, onto folder: String) {
        guard let key = keys.first else {
            guard case .scalar(let path) = node.content, !path.isEmpty, !path.hasPrefix("/") else { return }
            node.content = .scalar(folder + "/" + path)
            return
        }
        guard var entries = node.entries, let at = entries.firstIndex(where: { $0.key == key }) else { return }
        rebase(&entries[at].node, keys.dropFirst(), onto: folder)
        node.content = .mapping(entries)
    }

    private static func folder(of path: String) -> String {
        path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : ""
    }

    private static func stem(_ path: String) -> String {
        let file = (path as NSString).lastPathComponent
        return file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
    }

    private static func canonical(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }

    private static func lies(_ path: String, within root: String) -> Bool {
        let folder = canonical(root.isEmpty ? "." : root)
        return canonical(path).hasPrefix(folder == "/" ? "/" : folder + "/")
    }
}
