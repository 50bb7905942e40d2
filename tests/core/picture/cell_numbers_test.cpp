// Numbers in cells: their common size, and numbers that are too long for it.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>

#include "core/picture/display/target_rect.h"
#include "core/picture/kit/number_text.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

// The number in the cell of `target`.
Text number_in(const Picture& picture, const session::Target& target) {
  const std::optional<Rect> cell = target_rect(picture, target);
  for (const Record& record : picture.records) {
    const auto* text = std::get_if<Text>(&record);
    if (cell && text != nullptr && text->align == Align::kCenter && cell->contains(text->at) &&
        std::abs(cell->center().x - text->at.x) < 1) {
      return *text;
    }
  }
  ADD_FAILURE() << "no number";
  return {};
}

Stage with_value(float value) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 4, 4}}, value, true});
  return stage;
}

constexpr session::Target kOrdinary = {session::TensorRole::kInput, {0, 0, 4, 0}};
constexpr session::Target kOdd = {session::TensorRole::kInput, {0, 0, 4, 4}};

TEST(CellNumbers, OneLongNumberLeavesTheOthersLegible) {
  const float usual = number_in(compose_stage(with_value(1)), kOrdinary).size;
  for (const float value : {-12345.678F, -123456.0F, 1.0F / 3e7F, 3.4e38F, -8388607.5F}) {
    const Picture picture = compose_stage(with_value(value));
    EXPECT_EQ(number_in(picture, kOrdinary).size, usual) << value;
    const Text odd = number_in(picture, kOdd);
    const Rect cell = target_rect(picture, kOdd).value_or(Rect{});
    EXPECT_GE(odd.size, 9) << value;
    EXPECT_LE(golden_metrics().width(odd.text, Font::kSans, odd.size), cell.w) << value;
  }
}

TEST(CellNumbers, ALongNumberIsShortenedAndTheSumSaysSo) {
  Stage stage = with_value(-12345.678F);
  stage.apply(session::action::Last{});
  const Picture picture = compose_stage(stage);
  EXPECT_EQ(number_in(picture, kOdd).text, "\u221212346");
  EXPECT_NE(read_aloud(picture).find("\u2248"), std::string::npos);
}

TEST(CellNumbers, NumbersOfOneLengthStayInLine) {
  Stage stage("cross-5x5");
  for (std::int64_t i = 0; i < 25; ++i) {
    stage.apply(session::action::SetValue{
        {session::TensorRole::kInput, {0, 0, i / 5, i % 5}}, static_cast<float>(-11111 - i), true});
  }
  const Picture picture = compose_stage(stage);
  EXPECT_EQ(number_in(picture, kOrdinary).size, number_in(picture, kOdd).size);
}

TEST(CellNumbers, ALongNumberDropsTheTablesDecimals) {
  EXPECT_EQ(kit::number_text(-12345.678, kit::NumberStyle{6, 2}), "\u221212346");
  EXPECT_EQ(kit::number_text(-123.456, kit::NumberStyle{6, 2}), "\u2212123.46");
  EXPECT_EQ(kit::number_text(0.127, kit::NumberStyle{6, 2}), "0.13");
}

}  // namespace
}  // namespace convscope::picture
