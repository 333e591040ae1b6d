import ArgumentParser
@main struct Granary: ParsableCommand { func run() throws { print(1) } }
