#include "core/picture/kit/header.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/picture/svg/svg.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

const session::action::SetValue kSeven{{session::TensorRole::kInput, {0, 0, 0, 0}}, 7};

const Text* text_that_says(const Picture& picture, const std::string& words) {
  for (const Record& record : picture.records) {
    const auto* text = std::get_if<Text>(&record);
    if (text != nullptr && text->text.find(words) != std::string::npos) {
      return text;
    }
  }
  return nullptr;
}

// Not by the number of its template.
TEST(StageHeader, APracticeQuestionIsCalledByItsConcept) {
  for (const auto& [language, title] :
       {std::pair{lesson::Language::kEnglish, "Weighted sum"},
        std::pair{lesson::Language::kRussian, "Взвешенная сумма"}}) {
    Stage stage("cross-5x5", session::Theme::kDark, language);
    stage.apply(
        session::action::Ask{.about = session::AskAbout::kConcept, .concept_number = 1, .seed = 1});
    EXPECT_NE(text_that_says(compose_stage(stage), title), nullptr);
    const auto& options = stage.session.asking->question().options;
    const auto right = std::ranges::find_if(options, &quiz::Option::right);
    stage.apply(session::action::Answer{right - options.begin(), ""});
    EXPECT_NE(text_that_says(compose_stage(stage), title), nullptr);
  }
}

TEST(StageHeader, SaysWhenTheNumbersAreNotTheLessonsOwn) {
  for (const auto& [language, note, narrated] :
       {std::tuple{lesson::Language::kEnglish, "The numbers were changed", "4 of the 5"},
        std::tuple{lesson::Language::kRussian, "Числа изменены", "4 из 5"}}) {
    Stage stage("cross-5x5", session::Theme::kDark, language);
    stage.apply(session::action::GoTo{0});
    const Picture own = compose_stage(stage);
    ASSERT_NE(text_that_says(own, narrated), nullptr);
    EXPECT_EQ(text_that_says(own, note), nullptr);

    stage.apply(kSeven);
    const Picture changed = compose_stage(stage);
    ASSERT_NE(text_that_says(changed, note), nullptr);
    ASSERT_NE(text_that_says(changed, narrated), nullptr);
    EXPECT_LT(text_that_says(changed, narrated)->color.a, text_that_says(own, narrated)->color.a);

    stage.apply(session::action::Undo{});
    EXPECT_EQ(svg::svg_of(compose_stage(stage), golden_metrics()),
              svg::svg_of(own, golden_metrics()));
  }
}

// The cell stays under the pointer while a number is dragged.
TEST(StageHeader, AnEditMovesNothing) {
  for (const char* lesson : {"cross-5x5", "cs231n", "im2col", "transposed", "never-read"}) {
    Stage stage(lesson);
    const Picture own = compose_stage(stage);
    const float below = own.camera_area.y;
    stage.apply(kSeven);
    const Picture changed = compose_stage(stage);
    EXPECT_EQ(changed.camera_area, own.camera_area) << lesson;
    ASSERT_TRUE(changed.reset_area) << lesson;
    EXPECT_LE(changed.reset_area->right(), changed.width);
    const Text* note = text_that_says(changed, "The numbers were changed");
    ASSERT_NE(note, nullptr) << lesson;
    EXPECT_LT(note->at.y, below);
    const float end = note->at.x + golden_metrics().width(note->text, note->font, note->size);
    EXPECT_LE(end, changed.reset_area->x) << lesson;
  }
}

TEST(StageHeader, WithoutTextsThereIsNothingToDoubt) {
  Stage stage("cross-5x5");
  stage.session.document.lesson.change([](lesson::Lesson& lesson) {
    lesson.scenes[0].change([](lesson::Scene& scene) { scene.narration.clear(); });
  });
  stage.apply(kSeven);
  EXPECT_FALSE(compose_stage(stage).reset_area);
}

// A narrow stage, with two views, in the theme with the largest text.
TEST(StageHeader, NoWordOfANarrationIsLost) {
  constexpr float kWidths[] = {846, 846.0F / 2 - 48};
  std::int64_t texts = 0;
  for (const std::string& id : files::bundled_lesson_ids()) {
    for (const lesson::Language language :
         {lesson::Language::kEnglish, lesson::Language::kRussian}) {
      session::Session session =
          session::open_session(files::open_lesson(id), session::Theme::kProjector, language);
      const Palette& palette = palette_of(session.look.theme);
      const lesson::Locale locale(
          language,
          files::asset_text("locale/" + std::string(lesson::code_of(language)) + ".json"));
      for (std::size_t i = 0; i < session.document.lesson->scenes.size(); ++i) {
        session = session::update(std::move(session),
                                  session::action::SetScene{static_cast<std::int64_t>(i)});
        for (const lesson::Narration& narration : session.document.lesson->scenes[i]->narration) {
          session = session::update(std::move(session), session::action::GoTo{narration.position});
          for (const float width : kWidths) {
            Picture picture;
            kit::Canvas canvas{picture, palette, golden_metrics(), locale, 1, palette.text_scale};
            kit::draw_header(canvas, session, {0, 0, width, 200});
            std::string written;
            for (const std::string& line : words_of(picture)) {
              written += line + " ";
            }
            const std::string wanted = kit::stage_title(session, locale) + " " +
                                       session::narration_of(session).in(language) + " ";
            EXPECT_EQ(written, wanted) << id << ", scene " << i + 1 << ", " << width << " wide";
            ++texts;
          }
        }
      }
    }
  }
  EXPECT_GT(texts, 900);
}

}  // namespace
}  // namespace convscope::picture
