// An OpenGL 3.3 core context with no display and no window: EGL on Mesa's surfaceless platform.
// The only file that includes EGL is headless.cpp; elsewhere than Linux it reports
// "no_headless_gl".
#pragma once

#include <memory>

namespace convscope::paint {

class HeadlessContext {
 public:
  // Makes the context current and loads GL. Throws Failure "no_headless_gl" (exit status 3).
  HeadlessContext();
  ~HeadlessContext();
  HeadlessContext(const HeadlessContext&) = delete;
  HeadlessContext& operator=(const HeadlessContext&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::paint
