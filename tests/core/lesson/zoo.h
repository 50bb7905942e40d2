// A lesson that contains something of every kind, for tests that accept any lesson.
#pragma once

#include "tests/core/lesson/bundled.h"

namespace convscope::testing {

inline constexpr const char* kZoo = R"({"format": 1, "id": "zoo", "title": "Zoo", "scenes": [
  {
    "input": {"seed": 1, "shape": [2, 9, 9], "distribution": "integers", "low": -3, "high": 3},
    "layers": [
      {"op": "conv2d", "padding": 1, "flip": true, "weight": {"seed": 2, "shape": [2, 2, 3, 3]},
       "bias": {"values": [1, -1]}},
      {"op": "relu"},
      {"op": "max_pool2d", "kernel_size": 2, "ceil_mode": true},
      {"op": "conv2d", "groups": 2, "weight": {"seed": 3, "shape": [4, 1, 2, 2]}}
    ],
    "view": ["flat", "receptive-field"],
    "claim": {"label": "as printed", "seed": 9, "shape": [2, 9, 9]},
    "narration": [{"at": "start", "text": "begin"}, {"at": 0, "text": "first"},
                  {"at": 40, "text": "middle"}, {"at": "last", "text": "end"}]
  },
  {
    "input": {"values": [[0, 1], [2, 3]]},
    "layers": [{"op": "conv_transpose2d", "stride": 2, "output_padding": 1,
                "weight": {"values": [[[[0, 1, 0], [2, 3, 1], [1, 1, 1]], [[1, 0, 0], [2, 0, 0], [0, 0, 3]]]]},
                "bias": {"values": [0, 1]}},
               {"op": "avg_pool2d", "kernel_size": 2, "count_include_pad": false, "padding": 1}],
    "view": ["flat", "coverage"],
    "transposed_as": "stamp",
    "narration": [{"at": 1, "text": "second stamp"}]
  },
  {
    "input": {"seed": 4, "shape": [3, 6, 7]},
    "layers": [{"op": "avg_pool2d", "kernel_size": 2, "stride": 1, "divisor_override": 3},
               {"op": "unfold", "kernel_size": [2, 3], "dilation": [1, 2], "padding": 1}],
    "view": "matrix"
  },
  {
    "input": {"seed": 5, "shape": [2, 13]},
    "layers": [{"op": "conv1d", "stride": 2, "padding": "same_tf",
                "weight": {"seed": 6, "shape": [3, 2, 4]}},
               {"op": "relu"},
               {"op": "avg_pool1d", "kernel_size": 2},
               {"op": "conv_transpose1d", "stride": 2, "weight": {"seed": 6, "shape": [3, 1, 3]}}],
    "view": "strip"
  },
  {
    "input": {"values": [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0],
                         [0, 1, 1, 0, 0]]},
    "layers": [{"op": "conv2d", "weight": {"values": [[1, 0, 1], [0, 1, 0], [1, 0, 1]]}}],
    "view": "descent",
    "code": "loop",
    "training": {"optimizer": "adam", "lr": 0.1, "steps": 12, "start": {"seed": 8, "shape": [3, 3]},
                 "target": {"values": [[4, 3, 4], [2, 4, 3], [2, 3, 4]]}},
    "narration": [{"at": "start", "text": "random weights"}, {"at": 5, "text": "half way"}]
  }
]})";

inline session::Session zoo() {
  return session::open_session(lesson::parse_lesson(kZoo, "zoo.json", ramp), session::Theme::kDark,
                               lesson::Language::kEnglish);
}

inline session::Session zoo_scene(std::int64_t scene) {
  return session::update(zoo(), session::action::SetScene{scene});
}

}  // namespace convscope::testing
