// The steps of worked examples, read as arithmetic: every one has to come to the value it claims.
#include "core/quiz/question/worked.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/quiz/practice/fading.h"
#include "core/quiz/question/question.h"
#include "core/quiz/templates/templates.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

// Evaluates sums of products of numbers, with parentheses, floors and ceilings.
class Arithmetic {
 public:
  explicit Arithmetic(std::string_view text) : rest_(text) {}

  double result() {
    const double value = sum();
    EXPECT_EQ(rest_, "");
    return value;
  }

 private:
  bool take(std::string_view sign) {
    while (rest_.starts_with(' ')) {
      rest_.remove_prefix(1);
    }
    const bool found = rest_.starts_with(sign);
    rest_.remove_prefix(found ? sign.size() : 0);
    return found;
  }

  double sum() {
    double value = product();
    for (;;) {
      if (take("+")) {
        value += product();
      } else if (take("−")) {
        value -= product();
      } else {
        return value;
      }
    }
  }

  double product() {
    double value = factor();
    for (;;) {
      if (take("·")) {
        value *= factor();
      } else if (take("/")) {
        value /= factor();
      } else {
        return value;
      }
    }
  }

  double factor() {
    if (take("−")) {
      return -factor();
    }
    if (take("(")) {
      const double value = sum();
      EXPECT_TRUE(take(")"));
      return value;
    }
    if (take("⌊")) {
      const double value = sum();
      EXPECT_TRUE(take("⌋"));
      return std::floor(value);
    }
    if (take("⌈")) {
      const double value = sum();
      EXPECT_TRUE(take("⌉"));
      return std::ceil(value);
    }
    if (take("max(")) {
      double value = sum();
      while (take(",")) {
        value = std::max(value, sum());
      }
      EXPECT_TRUE(take(")"));
      return value;
    }
    std::size_t length = 0;
    const double value = std::stod(std::string(rest_), &length);
    rest_.remove_prefix(length);
    return value;
  }

  std::string_view rest_;
};

std::string text_of(const WorkedStep& step) {
  std::string text;
  for (const WorkedPart& part : step.parts) {
    text += part.text;
  }
  return text;
}

TEST(Worked, EveryStepComesToItsValueAndTheLastIsNotTheAnswer) {
  int worked = 0;
  for (const Template* each : all_templates()) {
    const Template& asked = *each;
    if (asked.worked == nullptr) {
      continue;
    }
    std::size_t longest = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      const Question question = drawn_question(asked, std::string(asked.lessons.front()), seed);
      longest = std::max(longest, question.worked.size());
      for (const WorkedStep& step : question.worked) {
        SCOPED_TRACE(std::string(asked.id) + ", seed " + std::to_string(seed) + ": " +
                     text_of(step) + " = " + number_text(step.value));
        EXPECT_NEAR(Arithmetic(text_of(step)).result(), step.value, 1e-6);
        EXPECT_TRUE(fills(step, " " + number_text(step.value)));
        EXPECT_FALSE(fills(step, number_text(step.value + 1)));
      }
      if (!question.worked.empty()) {
        EXPECT_FALSE(same_answer(of_number(question.worked.back().value), question.right));
      }
    }
    EXPECT_GT(longest, 0u) << asked.id;
    ++worked;
  }
  EXPECT_EQ(worked, 36);
}

// The values of a drawn question's steps.
std::vector<double> worked_values(const Question& question) {
  std::vector<double> values;
  for (const WorkedStep& step : question.worked) {
    values.push_back(step.value);
  }
  return values;
}

// Choices are helped by what can be counted of them: a map's sizes, a filter's weights, the sums of
// its sides, a row of the map.
TEST(Worked, ChoicesAreHelpedByWhatCanBeCounted) {
  const auto drawn = [](const char* id, std::uint64_t seed) {
    return drawn_question(*find_template(id), "", seed);
  };
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Question deeper = drawn("7b", seed);
    EXPECT_EQ(worked_values(deeper).back(), deeper.right.numbers.at(3)) << seed;
    EXPECT_EQ(worked_values(deeper).at(deeper.worked.size() / 2 - 1), deeper.right.numbers.at(2));

    const Question weight = drawn("8b", seed);
    const std::vector<double>& shape = weight.right.numbers;
    EXPECT_EQ(worked_values(weight),
              (std::vector<double>{shape.at(1) * shape.at(2) * shape.at(3),
                                   shape.at(0) * shape.at(1) * shape.at(2) * shape.at(3)}));

    const Question edge = drawn("11b", seed);  // the bright side is the one with the positive sum
    const char* bright[] = {"right_dark", "left_dark", "bottom_dark", "top_dark"};
    const std::vector<double> sides = worked_values(edge);
    ASSERT_EQ(sides.size(), 4u);
    const auto largest = std::ranges::max_element(sides) - sides.begin();
    EXPECT_EQ(edge.right.word, bright[largest]) << seed;

    const Question spike = drawn("13b", seed);
    EXPECT_EQ(worked_values(spike),
              std::vector<double>(spike.right.numbers.begin(), spike.right.numbers.begin() + 3));
    EXPECT_EQ(spike.worked.at(1).label, "out[0,1]");
  }
}

TEST(Worked, LabelsAreWordsOfTheLocaleOrCode) {
  std::set<std::string> labels;
  for (const Template* each : all_templates()) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      for (const WorkedStep& step : drawn_question(*each, "", seed).worked) {
        labels.insert(step.label);
      }
    }
  }
  EXPECT_TRUE(labels.contains("worked.row"));
  for (const std::string& label : labels) {
    if (label.starts_with("worked.")) {
      EXPECT_TRUE(testing::english().has(label)) << label;
    }
  }
}

// Windows counted one by one.
TEST(Worked, TheWindowsOverACellAreCounted) {
  for (int k = 1; k <= 4; ++k) {
    for (int s = 1; s <= 3; ++s) {
      for (int p = 0; p < k; ++p) {
        for (int count = 1; count <= 4; ++count) {
          const int cells = (count - 1) * s + k - 2 * p;
          for (int cell = 0; cell < cells; ++cell) {
            int over = 0;
            for (int window = 0; window < count; ++window) {
              const int from = window * s - p;
              over += from <= cell && cell < from + k ? 1 : 0;
            }
            const WorkedSteps steps = windows_over(cell, k, s, p, count);
            EXPECT_EQ(steps.back().value, over) << k << s << p << count << cell;
          }
        }
      }
    }
  }
}

// The bank's 4a with i = 15, k = 4, s = 2, p = 1: 17, 13, 6, and the answer 7.
TEST(Worked, ASizeIsPaddedTakenOffAndDivided) {
  const WorkedSteps steps = moves_along(15, 4, 2, 1);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(text_of(steps[0]), "15 + 2·1");
  EXPECT_EQ(steps[0].value, 17);
  EXPECT_EQ(text_of(steps[1]), "17 − 4");
  EXPECT_EQ(steps[1].value, 13);
  EXPECT_EQ(text_of(steps[2]), "⌊13 / 2⌋");
  EXPECT_EQ(steps[2].value, 6);
}

TEST(Worked, LongSumsGoByRowsOfTheKernel) {
  std::vector<conv::Term> terms;
  for (std::int64_t c = 0; c < 3; ++c) {
    for (std::int64_t y = 0; y < 3; ++y) {
      for (std::int64_t x = 0; x < 3; ++x) {
        conv::Term term;
        term.weight_at = {0, c, y, x};
        term.input = static_cast<float>(x);
        term.weight = -1;
        term.product = -static_cast<double>(x);
        terms.push_back(term);
      }
    }
  }
  const WorkedSteps steps = products(terms);
  ASSERT_EQ(steps.size(), 9u);
  EXPECT_EQ(text_of(steps[0]), "0·(−1) + 1·(−1) + 2·(−1)");
  EXPECT_EQ(steps[0].value, -3);
}

TEST(Worked, BlanksComeForwardAndThenTheHelpEnds) {
  const WorkedSteps steps(8, plain_step("1 + 1", 2));
  const auto blanks = [&](int level) {
    const WorkedSteps shown = faded(steps, level);
    std::string row;
    for (const WorkedStep& step : shown) {
      row += step.blank ? '_' : '2';
    }
    return row;
  };
  EXPECT_EQ(blanks(0), "22222222");
  EXPECT_EQ(blanks(1), "__222222");
  EXPECT_EQ(blanks(3), "______22");
  EXPECT_EQ(blanks(4), "");
  EXPECT_TRUE(faded(WorkedSteps(13, steps[0]), 0).empty());
}

}  // namespace
}  // namespace convscope::quiz
