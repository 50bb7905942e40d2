// The cost of every frame of a playing lesson and of every move of the pointer, without the
// picture.
#include <benchmark/benchmark.h>

#include <utility>

#include "app/window/stage_cache.h"
#include "app/window/store.h"
#include "tests/bench/stage_bench.h"

namespace convscope {
namespace {

constexpr int kManyEdits = 200;

// A lesson of many scenes, in the middle of playing, with edits to undo.
session::Session busy_session() {
  session::Session session = session::open_session(
      files::open_lesson("conv-arithmetic"), session::Theme::kDark, lesson::Language::kEnglish);
  for (int i = 0; i < kManyEdits; ++i) {
    session = session::update(
        std::move(session),
        session::action::SetValue{
            {session::TensorRole::kWeight, {0, 0, 1, 1}}, static_cast<float>(i + 2), true});
  }
  session =
      session::update(std::move(session), session::action::Switch{&session::Toggles::loop, true});
  return session::update(std::move(session), session::action::TogglePlay{});
}

session::Action tick(std::int64_t /*round*/) { return session::action::Tick{4}; }

session::Action hover(std::int64_t round) {
  return session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 1, round % 2}}};
}

using ActionOf = session::Action (*)(std::int64_t round);

// As in the store: the previous session is kept for comparison.
void update_session(benchmark::State& state, ActionOf action_of) {
  session::Session session = busy_session();
  std::int64_t round = 0;
  for (auto _ : state) {
    session::Session next = session::update(session, action_of(++round));
    benchmark::DoNotOptimize(next);
    session = std::move(next);
  }
}
BENCHMARK_CAPTURE(update_session, tick, tick)->Unit(benchmark::kNanosecond);
BENCHMARK_CAPTURE(update_session, hover, hover)->Unit(benchmark::kNanosecond);

void store_dispatch(benchmark::State& state, ActionOf action_of) {
  window::Store store(busy_session());
  std::int64_t round = 0;
  for (auto _ : state) {
    store.dispatch(action_of(++round));
  }
}
BENCHMARK_CAPTURE(store_dispatch, tick, tick)->Unit(benchmark::kNanosecond);
BENCHMARK_CAPTURE(store_dispatch, hover, hover)->Unit(benchmark::kNanosecond);

// A frame in which nothing has changed.
void stage_unchanged(benchmark::State& state) {
  const window::Store store(busy_session());
  const picture::TextMetrics metrics = files::bundled_metrics();
  window::StageCache stage;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        stage.refresh(store.shown(viewport_of_height(720)), store.locale(), metrics));
  }
}
BENCHMARK(stage_unchanged)->Unit(benchmark::kNanosecond);

// For a small lesson, computed at once.
void store_edit(benchmark::State& state) {
  window::Store store(busy_session());
  std::int64_t round = 0;
  for (auto _ : state) {
    store.dispatch(session::action::SetValue{
        {session::TensorRole::kWeight, {0, 0, 1, 1}}, static_cast<float>(++round % 1000), false});
  }
}
BENCHMARK(store_edit)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace convscope
