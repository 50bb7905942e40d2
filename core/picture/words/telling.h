// What the parts of a description share. Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/picture/step/moment.h"
#include "core/session/session.h"

namespace convscope::picture::words {

struct Telling {
  const session::Session& session;
  const derive::Derived& derived;
  const derive::LayerResult& layer;  // the one on stage
  const lesson::Locale& locale;
  std::vector<std::string> lines = {};

  bool one_dimensional() const { return session::layer_of(session).one_dimensional; }
  // A sentence of the locale, below "describe.".
  void say(std::string_view key, const lesson::TextValues& values = {});
  void add(std::string line) { lines.push_back(std::move(line)); }
};

// "[1, 2]": a cell of a map, "[2]" of a signal.
std::string cell_text(std::int64_t y, std::int64_t x, bool one_dimensional);

// "rows 0 to 2 and columns 1 to 3", of a signal "cells 1 to 3".
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
std::string area_text(const Telling& telling, Span rows, Span columns);

// Whether a plane's numbers are few enough to be listened to.
bool is_short(const Shape& shape);

// "4, 3, 4; 2, 4": the first `count` cells of a plane, row by row.
std::string rows_text(const Tensor& tensor, std::int64_t n, std::int64_t c, std::int64_t count);

// Says the numbers of a tensor's planes `first` .. `last` of batch `n`, or their range where they
// are long. `name` as code calls it.
void say_numbers(Telling& telling, const std::string& name, const Tensor& tensor, std::int64_t n,
                 Span planes);

// moment.cpp: windows that slide, and their sums.
void say_window(Telling& telling);

// drawing.cpp: what a view draws around the numbers of a sum.
void say_drawing(Telling& telling, lesson::View view);
void say_reference_map(Telling& telling, const step::Moment& moment);
void say_program(Telling& telling, const step::Moment& moment);

// other_views.cpp: views that tell something else than a sum.
void say_stamp(Telling& telling);
void say_coverage(Telling& telling);
void say_fields(Telling& telling);
void say_training(Telling& telling);

}  // namespace convscope::picture::words
