#include <gtest/gtest.h>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class Handout : public Workbench {};

TEST_F(Handout, AHandoutIsPrintedOrWritten) {
  const Outcome printed = convscope("handout cross-5x5 --lang en");
  EXPECT_EQ(printed.status, 0) << printed.err;
  EXPECT_TRUE(printed.out.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  const Outcome written = convscope("handout cross-5x5 --lang en --out h.html");
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_TRUE(written.out.empty());
  EXPECT_EQ(read(path("h.html")), printed.out);
}

TEST_F(Handout, AHandoutSpeaksTheLanguageAndMayLeaveOutAnswers) {
  const Outcome russian = convscope("handout stride --lang ru");
  EXPECT_NE(russian.out.find("<html lang=\"ru\">"), std::string::npos);
  EXPECT_NE(russian.out.find("Ответы</h2>"), std::string::npos);
  const Outcome without = convscope("handout stride --lang ru --no-answers");
  EXPECT_EQ(without.out.find("Ответы</h2>"), std::string::npos);
  EXPECT_NE(without.out.find("Вопросы</h2>"), std::string::npos);
}

TEST_F(Handout, AHandoutOfNothingIsRefused) {
  EXPECT_EQ(convscope("handout").status, 2);
  EXPECT_EQ(convscope("handout no-such-lesson").status, 1);
  EXPECT_EQ(convscope("handout cross-5x5 --out /no/such/folder/h.html").status, 1);
}

}  // namespace
}  // namespace convscope::cli
