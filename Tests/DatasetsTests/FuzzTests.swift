import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct FuzzTests {
    private let files: [String: String] = [
        "products.csv":
            "sku,name,role,list_price,unit_cost,weight\nA,\"x, \"\"y\"\"\nz\",traffic,2.50,1,10\nB,é,image,3,,5\n",
        "channels.csv": "code,commission_rate\nweb,0.1\nshop,0\n",
        "calendar.csv": "date,is_open,event\n2011-01-03,0,Fair\n",
        "promotions.csv":
            "code,kind,begins,ends,scope,depth_rate\nP,price_cut,2011-01-01T10:00,2011-01-03,skus:A|B,0.25\n",
        "demand.csv":
            "date,sku,channel,quantity,price\n2011-01-01,A,web,3,2.5\n2011-01-02,B,,1e1,\n2011-01-04,A,shop,7.5,2\n",
        "orders.csv": "order,placed,channel\n1,2011-01-01T10:00:00,web\n",
        "order_lines.csv": "order,sku,quantity,price,cancelled\n1,A,3,2.5,1\n",
        "supply.csv": "sku,supplier,unit_cost\nA,s,1.25\n",
        "suppliers.csv": "code,lead_time\ns,7.5\n",
    ]

    @Test("no mutation of bytes traps: a folder is read, or refused with issues")
    func mutatedFiles() throws {
        var random = TestRandom(state: 20_111_128)
        let names = files.keys.sorted()
        let alphabet = Array("0123456789,,,\n\n\r\"\"-+.eE:TANainf |\u{FEFF}".utf8) + [0, 0x80, 0xC3, 0xFF, 0x1F, 0x8B]
        var (readable, refused) = (0, 0)
        try withFolder { folder in
            for (name, text) in files { try AtomicFile.write(text, to: folder + "/" + name) }
            for _ in 0..<400 {
                let name = names[Int.random(in: 0..<names.count, using: &random)]
                var bytes = Array(files[name, default: ""].utf8)
                for _ in 0..<Int.random(in: 1...2, using: &random) {
                    let at = Int.random(in: 0...bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0 where at < bytes.count: bytes[at] = alphabet.randomElement(using: &random) ?? 0
                    case 1 where at < bytes.count: bytes.remove(at: at)
                    case 2: bytes = Array(bytes[..<at])
                    default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: at)
                    }
                }
                _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: Data(bytes))
                do throws(DatasetError) {
                    let data = try DatasetReader.read(folder: folder)
                    readable += 1
                    #expect(data.demand.values.allSatisfy { $0.isFinite && $0 >= 0 })
                } catch {
                    refused += 1
                    #expect(!error.issues.isEmpty && !error.description.isEmpty)
                }
                _ = FileManager.default.createFile(
                    atPath: folder + "/" + name, contents: Data(files[name, default: ""].utf8))
            }
        }
        #expect(readable > 5 && refused > 5, "\(readable) \(refused)")
    }

    @Test("no mutation of compressed bytes traps")
    func mutatedGzip() throws {
        var random = TestRandom(state: 6)
        var text = "unique_id,ds,y\n"
        for row in 0..<300 { text += "s\(row % 7),\(row),\(row * row % 91)\n" }
        let good = try Gzip.compress(Array(text.utf8))
        try withFolder { folder in
            let path = folder + "/panel.csv.gz"
            for _ in 0..<500 {
                var bytes = good
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
                do throws(DatasetError) {
                    _ = try DatasetReader.readLongPanel(file: path)
                } catch {
                    #expect(!error.issues.isEmpty)
                }
            }
        }
    }

    @Test("records cut at any place of the buffer are the same records")
    func bufferBorders() throws {
        // Records of growing length shift the border of the 1 MiB buffer over every part of a record.
        var text = "unique_id,ds,y\r\n"
        var expected: [Double] = []
        var row = 0
        while text.utf8.count < 3 << 20 {
            let pad = String(repeating: " ", count: row % 97)
            text += row % 3 == 0 ? "\"s\",\"\(row)\",\(pad)\(row % 251)\r\n" : "s,\(pad)\(row),\(row % 251)\n"
            expected.append(Double(row % 251))
            row += 1
        }
        let panel = try withFolder { folder in
            try AtomicFile.write(text, to: folder + "/p.csv")
            return try DatasetReader.readLongPanel(file: folder + "/p.csv")
        }
        #expect(panel.cells(0) == expected)
    }
}
