// `answers` sums up a class from a folder of logs.
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class AnswersProgram : public Workbench {};

constexpr const char* kRight =
    R"({"time":"t","lesson":"stride","template":"4a","settings":{},"option":"6","right":true})"
    "\n";
constexpr const char* kCeil =
    R"({"time":"t","lesson":"stride","template":"4a","settings":{},"option":"7","right":false,)"
    R"("misconception":"CEIL"})"
    "\n";

TEST_F(AnswersProgram, CountsMistakesOverAFolderAndSkipsBrokenLines) {
  write("anna.jsonl", std::string(kRight) + kCeil + "not a line\n" + kCeil);
  write("boris.jsonl", std::string(kCeil) + kRight);
  write("notes.txt", kCeil);
  const Outcome outcome = convscope("answers .");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("2 learners, 5 answers, 2 right"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("1 line could not be read"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("2/5"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("3  2 learners  CEIL"), std::string::npos) << outcome.out;
  EXPECT_NE(convscope("answers . --lang ru").out.find("2 студента"), std::string::npos);
}

TEST_F(AnswersProgram, AMissingFolderIsRefusedInOneLine) {
  const Outcome outcome = convscope("answers nowhere");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace convscope::cli
