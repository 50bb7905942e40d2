// A stage with one layer, given as in a lesson file.
#pragma once

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "core/lesson/json/lesson_json.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {

// `input` is the scene's key and its value, `layer` an object.
inline Stage one_layer(const std::string& input, const std::string& layer,
                       session::Theme theme = session::Theme::kDark,
                       lesson::Language language = lesson::Language::kEnglish) {
  const std::string json = R"({"format": 1, "id": "one", "title": "One layer", "scenes": [{)" +
                           input + R"(, "view": "flat", "layers": [)" + layer + "]}]}";
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  Stage stage("cross-5x5", theme, language);
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "one.json", none)});
  return stage;
}

// The numbers in the cells of a picture, by target: the text in the middle of every box that has a
// target.
inline std::vector<std::string> numbers_at(const Picture& picture, const session::Target& target) {
  std::vector<std::string> numbers;
  for (const Record& record : picture.records) {
    const auto* box = std::get_if<Box>(&record);
    if (box == nullptr || box->target != target) {
      continue;
    }
    for (const Record& other : picture.records) {
      const auto* text = std::get_if<Text>(&other);
      const bool centred = text != nullptr && text->align == Align::kCenter &&
                           box->rect.contains(text->at) &&
                           std::abs(box->rect.center().x - text->at.x) < 1;
      if (centred) {
        numbers.push_back(text->text);
      }
    }
  }
  return numbers;
}

}  // namespace convscope::picture
