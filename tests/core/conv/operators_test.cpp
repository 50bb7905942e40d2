// The table of operators, and steps that are given by an expression.
#include "core/conv/operators/operator.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace convscope::conv {
namespace {

TEST(Operators, AreInTheOrderOfOp) {
  std::size_t place = 0;
  for (const Operator* op : all_operators()) {
    EXPECT_EQ(static_cast<std::size_t>(op->op), place++) << op->word_2d;
    EXPECT_EQ(&operator_of(op->op), op);
  }
}

TEST(Operators, HaveDistinctNames) {
  std::set<std::string_view> words;
  for (const Operator* op : all_operators()) {
    EXPECT_TRUE(words.insert(op->word_2d).second) << op->word_2d;
    EXPECT_TRUE(op->any_dimensions() || op->word_1d.empty() || words.insert(op->word_1d).second);
    EXPECT_FALSE(op->caption.empty());
  }
}

TEST(Operators, AnExpressionIsWrittenWithItsNumbers) {
  Step step;
  step.fold = Fold::kExpression;
  step.expression = "(x - mean) / std_of_x + 2";
  step.terms.emplace_back().product = 3;
  step.statistics = {{"mean", 1.5}, {"std_of_x", 0.5}};
  EXPECT_EQ(with_numbers(step, [](double x) { return std::to_string(x).substr(0, 3); }),
            "(3.0 - 1.5) / 0.5 + 2");
}

TEST(Operators, AnUnknownNameIsKept) {
  Step step;
  step.expression = "max(0, x)";
  step.terms.emplace_back().product = 7;
  EXPECT_EQ(with_numbers(step, [](double) { return std::string("7"); }), "max(0, 7)");
}

}  // namespace
}  // namespace convscope::conv
