import RankineSupport
import Testing

struct UserErrorTests {
  @Test func anErrorReadsCodePlaceMessageAndHint() {
    let error = FileError(
      code: "cannot-read", place: "data.csv, row 3", message: "it is empty", hint: "add a row")
    #expect(
      "\(error)" == """
        error[cannot-read] in data.csv, row 3: it is empty
          hint: add a row
        """)
  }

  @Test func whatIsNotKnownIsLeftOut() {
    let error = FileError(code: "cannot-read", place: "", message: "it is empty", hint: nil)
    #expect("\(error)" == "error[cannot-read]: it is empty")
  }
}
