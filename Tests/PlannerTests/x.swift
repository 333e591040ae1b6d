import HummingbirdTesting
import Testing
@Test func x() {}
