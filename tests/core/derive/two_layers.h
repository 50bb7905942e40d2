#pragma once

#include <utility>

#include "core/session/session.h"
#include "core/tensor/random.h"

namespace convscope::derive {

// A photo with two layers, one after the other.
inline session::Session two_layers() {
  lesson::Lesson lesson;
  lesson::Scene scene;
  scene.input.base = random_tensor({1, 3, 60, 50}, {.seed = 1});
  scene.input.source = lesson::SeededSource{{.seed = 1}};
  for (const auto& [channels, filters] : {std::pair{3, 4}, std::pair{4, 3}}) {
    lesson::Layer layer;
    layer.spec.in_channels = channels;
    layer.spec.out_channels = filters;
    layer.spec.padding = conv::PaddingRule::kSame;
    layer.weight.base = random_tensor(conv::weight_shape(layer.spec), {.seed = 9});
    layer.weight.source = lesson::SeededSource{{.seed = 9}};
    scene.layers.push_back(layer);
  }
  lesson.id = "two";
  lesson.scenes = {scene};
  return session::open_session(std::move(lesson), session::Theme::kDark,
                               lesson::Language::kEnglish);
}

}  // namespace convscope::derive
