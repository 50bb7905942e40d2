// `convscope code`: the program itself, its files and its refusals.
#include "core/code/code_target.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Code = Workbench;

TEST_F(Code, PrintsAProgramOfEveryTextualTarget) {
  for (const code::CodeTarget& target : code::code_targets()) {
    if (!target.binary) {
      const Outcome outcome = convscope("code cross-5x5 --as " + std::string(target.word));
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      EXPECT_TRUE(has(outcome.out, "template?")) << outcome.out.substr(0, 200);
      EXPECT_EQ(outcome.err, "");
    }
  }
}

TEST_F(Code, WritesTheSameIntoAFile) {
  const Outcome printed = convscope("code stride --scene 2 --as numpy");
  const Outcome written = convscope("code stride --scene 2 --as numpy --out stride.py");
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_EQ(written.out, "");
  EXPECT_EQ(read(path("stride.py")), printed.out);
}

TEST_F(Code, WritesAModelOfAnySize) {
  EXPECT_EQ(convscope("code photo-edges --as onnx --out photo.onnx").status, 0);
  EXPECT_GT(std::filesystem::file_size(path("photo.onnx")), 3u * 640 * 960 * 4);
}

TEST_F(Code, RefusesALargePhotoAndLeavesNoFile) {
  const Outcome outcome = convscope("code photo-edges --as numpy --out photo.py");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(has(outcome.err, "--as onnx")) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("photo.py")));
  EXPECT_TRUE(has(convscope("code photo-edges --as numpy --lang ru").err, "слишком много"));
}

TEST_F(Code, SumsUpTheStepThatIsAskedFor) {
  EXPECT_TRUE(has(convscope("code cross-5x5 --as latex --step last").out, "[0, 0, 2, 2]"));
  EXPECT_EQ(convscope("code cross-5x5 --as latex --step 9").status, 1);
}

}  // namespace
}  // namespace convscope::cli
