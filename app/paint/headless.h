// An OpenGL 3.3 core context without display or window: EGL on Mesa's surfaceless platform. Only
// headless.cpp includes EGL; on systems other than Linux it throws "no_headless_gl".
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
