#include "app/paint/headless.h"

#include <string>

#include "core/tensor/problem.h"

#if defined(__linux__) && __has_include(<EGL/egl.h>)
#define CONVSCOPE_HAS_EGL 1
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>

#include <array>
#include <mutex>
#include <string_view>
#endif

namespace convscope::paint {
namespace {

Failure no_headless_gl(const std::string& reason) {
  return Failure({"no_headless_gl", "", {{"reason", reason}}});
}

}  // namespace

#ifdef CONVSCOPE_HAS_EGL

struct HeadlessContext::State {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (display == EGL_NO_DISPLAY) {
      return;
    }
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context != EGL_NO_CONTEXT) {
      eglDestroyContext(display, context);
    }
    // There is one display per process: terminating it would destroy other contexts.
  }
};

namespace {

void demand(bool condition, const char* what) {
  if (!condition) {
    throw no_headless_gl(what);
  }
}

bool lists(const char* extensions, std::string_view name) {
  const std::string all = " " + std::string(extensions == nullptr ? "" : extensions) + " ";
  return all.find(" " + std::string(name) + " ") != std::string::npos;
}

EGLDisplay surfaceless_display() {
  demand(lists(eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS), "EGL_MESA_platform_surfaceless"),
         "EGL_MESA_platform_surfaceless");
  const auto get_display = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
      eglGetProcAddress("eglGetPlatformDisplayEXT"));
  demand(get_display != nullptr, "eglGetPlatformDisplayEXT");
  return get_display(EGL_PLATFORM_SURFACELESS_MESA, nullptr, nullptr);
}

EGLConfig first_config(EGLDisplay display) {
  constexpr std::array<EGLint, 5> kWanted = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE,
                                             EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  demand(eglChooseConfig(display, kWanted.data(), &config, 1, &count) == EGL_TRUE && count == 1,
         "eglChooseConfig");
  return config;
}

}  // namespace

HeadlessContext::HeadlessContext() : state_(std::make_unique<State>()) {
  constexpr std::array<EGLint, 7> kVersion33 = {EGL_CONTEXT_MAJOR_VERSION,
                                                3,
                                                EGL_CONTEXT_MINOR_VERSION,
                                                3,
                                                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                EGL_NONE};
  state_->display = surfaceless_display();
  demand(state_->display != EGL_NO_DISPLAY, "eglGetPlatformDisplay");
  demand(eglInitialize(state_->display, nullptr, nullptr) == EGL_TRUE, "eglInitialize");
  demand(lists(eglQueryString(state_->display, EGL_EXTENSIONS), "EGL_KHR_surfaceless_context"),
         "EGL_KHR_surfaceless_context");
  demand(eglBindAPI(EGL_OPENGL_API) == EGL_TRUE, "eglBindAPI");
  state_->context = eglCreateContext(state_->display, first_config(state_->display), EGL_NO_CONTEXT,
                                     kVersion33.data());
  demand(state_->context != EGL_NO_CONTEXT, "eglCreateContext");
  demand(
      eglMakeCurrent(state_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, state_->context) == EGL_TRUE,
      "eglMakeCurrent");
  // The loader fills globals: not from two threads at once.
  static std::mutex loading;
  const std::lock_guard lock(loading);
  demand(gladLoadGL(eglGetProcAddress) != 0, "gladLoadGL");
}

#else

struct HeadlessContext::State {};

HeadlessContext::HeadlessContext() { throw no_headless_gl("EGL"); }

#endif

HeadlessContext::~HeadlessContext() = default;

}  // namespace convscope::paint
