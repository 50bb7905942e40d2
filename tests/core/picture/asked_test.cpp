// While a question is open, the stage doesn't show its answer.
#include "core/picture/asked/compose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include <string>
#include <variant>
#include <vector>

#include "app/files/bundled.h"
#include "core/picture/compose.h"
#include "core/picture/svg/svg.h"
#include "core/quiz/templates/templates.h"
#include "scene_fixture.h"

namespace convscope::picture {
namespace {

constexpr Viewport kViewport = {1280, 480, 1};

session::Session asked(const quiz::Template& made, std::uint64_t seed) {
  Stage stage("cross-5x5");
  stage.apply(session::action::Ask{session::AskAbout::kConcept, 1, 0});
  session::Session session = stage.session;
  session.asking->questions = {quiz::drawn_question(made, std::string(made.lessons.front()), seed)};
  session.document.lesson = lesson::Lesson{"question", {}, {}, {session.asking->question().scene}};
  return session;
}

const lesson::Locale& english() {
  static const lesson::Locale kLocale(lesson::Language::kEnglish,
                                      files::asset_text("locale/en.json"));
  return kLocale;
}

Picture picture_of(const session::Session& session) {
  const auto derived = std::make_shared<const derive::Derived>(
      derive::derive(session::scene_of(session), {}, {}, session::wants_training(session)));
  return compose(shown_of(session, derived, kViewport), english(), golden_metrics());
}

// Texts other than a number in a cell of the input (including padding), the filter or the error
// map, or the caption of one of these.
std::vector<std::string> plain_words(const Picture& picture) {
  std::vector<Rect> cells;
  for (const Record& record : picture.records) {
    if (const auto* grid = std::get_if<TensorGrid>(&record)) {
      EXPECT_NE(grid->role, session::TensorRole::kOutput);
      cells.push_back(grid->rect);
    } else if (const auto* box = std::get_if<Box>(&record); box != nullptr && box->target) {
      EXPECT_EQ(box->target->tensor, session::TensorRole::kInput);
      cells.push_back(box->rect);
    }
  }
  std::vector<std::string> words;
  for (const Record& record : picture.records) {
    const auto* text = std::get_if<Text>(&record);
    const auto begins = [&](std::string_view begin) { return text->text.starts_with(begin); };
    if (text == nullptr || begins("img (") || begins("weight (") || begins("img[") ||
        begins("weight[") || begins("+ bias = ")) {
      continue;
    }
    const auto holds = [&](const Rect& rect) { return rect.contains(text->at); };
    if (std::ranges::none_of(cells, holds)) {
      words.push_back(text->text);
    }
  }
  return words;
}

bool has_caption(const Picture& picture, std::string_view begin) {
  return std::ranges::any_of(picture.records, [&](const Record& record) {
    const auto* text = std::get_if<Text>(&record);
    return text != nullptr && text->text.starts_with(begin);
  });
}

// The numbers and words of a text, without adjacent punctuation.
bool says(const std::string& text, const std::string& answer) {
  const std::size_t at = text.find(answer);
  if (at == std::string::npos) {
    return false;
  }
  const auto is_part = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.';
  };
  const bool begins = at == 0 || !is_part(text[at - 1]);
  const std::size_t end = at + answer.size();
  return begins && (end == text.size() || !is_part(text[end]));
}

class AskedStage : public ::testing::TestWithParam<std::string> {};

TEST_P(AskedStage, ShowsNoCellOfTheMapAndNotTheAnswer) {
  const quiz::Template& made = *quiz::find_template(GetParam());
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const session::Session session = asked(made, seed);
    const Picture picture = picture_of(session);
    for (float y = 5; y < picture.height; y += 10) {
      for (float x = 5; x < picture.width; x += 10) {
        const auto target = hit(picture, {x, y});
        ASSERT_TRUE(!target || (target->tensor != session::TensorRole::kOutput &&
                                target->tensor != session::TensorRole::kProduct));
      }
    }
    // If a size is asked for, the caption would be the answer.
    EXPECT_FALSE(made.veil.input && has_caption(picture, "img ("));
    EXPECT_FALSE(made.veil.weight && has_caption(picture, "weight ("));
    const lesson::Layer& layer = session.asking->question().scene.layers.front();
    EXPECT_EQ(has_caption(picture, "+ bias = "),
              made.shows.weight && !made.veil.weight && layer.spec.bias)
        << "without its bias nobody can compute a value";
    const std::string answer = quiz::answer_text(session.asking->question().right, english());
    for (const std::string& words : plain_words(picture)) {
      const bool label = words == "A" || words == "B";  // of the two patches
      EXPECT_FALSE(!label && says(words, answer)) << words << " says " << answer;
    }
  }
}

std::vector<std::string> ids_of(bool hiding) {
  std::vector<std::string> ids;
  for (const quiz::Template* each : quiz::all_templates()) {
    if ((each->veil != quiz::Veil{}) == hiding) {
      ids.emplace_back(each->id);
    }
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Hiding, AskedStage, ::testing::ValuesIn(ids_of(true)),
                         [](const auto& each) { return each.param; });

TEST(AskedStage, StagesWithoutAVeilAreShownAsUsual) {
  const std::vector<std::string> ids = ids_of(false);
  ASSERT_EQ(ids, std::vector<std::string>{"2a"});
  const session::Session session = asked(*quiz::find_template(ids.front()), 1);
  session::Session scene = session;
  scene.asking.reset();
  EXPECT_EQ(svg::svg_of(picture_of(session), golden_metrics()),
            svg::svg_of(picture_of(scene), golden_metrics()));
  EXPECT_FALSE(picture_of(session).records.empty());
}

TEST(AskedStage, EverySliceSaysWhichItIs) {
  const quiz::Template& made = *quiz::find_template("1b");
  int several = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const session::Session session = asked(made, seed);
    const quiz::Question& question = session.asking->question();
    const Shape weight = question.scene.layers.front().weight.base.shape();
    if (weight.n < 2 || weight.c < 2) {
      continue;
    }
    ++several;
    const Picture picture = picture_of(session);
    const std::string filter = std::to_string(question.spot.filter);
    EXPECT_TRUE(has_caption(picture, "weight[" + filter + ", 1]"));
    EXPECT_TRUE(has_caption(picture, "img[0, 1]"));
    EXPECT_TRUE(has_caption(picture, "weight (2, 2, " + std::to_string(weight.h) + ", " +
                                         std::to_string(weight.w) + ")  [" + filter + ", 0]"));
  }
  EXPECT_GT(several, 0);
}

TEST(AskedStage, AnAnswerLiftsTheVeil) {
  const quiz::Template& made = *quiz::find_template("1a");
  const session::Session session = asked(made, 1);
  session::Session answered = session::update(session, session::action::Answer{0, ""});
  EXPECT_FALSE(shown_of(answered, nullptr, kViewport).asked);
  EXPECT_TRUE(shown_of(session, nullptr, kViewport).asked);
  EXPECT_NE(shown_of(session, nullptr, kViewport), shown_of(answered, nullptr, kViewport));
}

TEST(TwoScenes, StandSideBySideUnderOnePlayheadEachWithItsName) {
  const quiz::Template& made = *quiz::find_template("1a");
  session::Session session = asked(made, 3);
  const quiz::Question& question = session.asking->question();
  std::int64_t wrong = 0;
  while (question.options[static_cast<std::size_t>(wrong)].code != "FLIP") {
    ++wrong;
  }
  session = session::update(session, session::action::Answer{wrong, ""});
  ASSERT_TRUE(session.asking->beside);
  session = session::settle(session);
  const auto derived_of = [](const lesson::Scene& scene) {
    return std::make_shared<const derive::Derived>(derive::derive(scene));
  };
  const auto beside = derived_of(session.asking->beside->lesson->scenes.front());
  const Picture picture =
      compose(shown_of(session, derived_of(session::scene_of(session)), kViewport, beside),
              english(), golden_metrics());
  const auto has = [&](const std::string& words, float from, float to) {
    return std::ranges::any_of(picture.records, [&](const Record& record) {
      const auto* text = std::get_if<Text>(&record);
      return text != nullptr && text->text.find(words) != std::string::npos && text->at.x >= from &&
             text->at.x < to;
    });
  };
  EXPECT_TRUE(has("Right", 0, 640));
  EXPECT_TRUE(has("What your answer computes", 640, 1280));
  const double wrong_value =
      question.options[static_cast<std::size_t>(wrong)].value.numbers.front();
  const double right_value = question.right.numbers.front();
  const auto minus = [](double value) {
    std::string text = quiz::decimal_text(std::abs(value));
    return (value < 0 ? "\u2212" : "") + text;
  };
  EXPECT_TRUE(has(minus(right_value), 0, 640));
  EXPECT_TRUE(has(minus(wrong_value), 640, 1280));
}

}  // namespace
}  // namespace convscope::picture
