#include "app/panels/present/presenter.h"

#include <algorithm>
#include <cmath>

#include "app/panels/present/present.h"
#include "app/panels/stage/hints.h"

namespace convscope::panels {
namespace {

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

Presenter::Subject subject_of(const session::Session& session) {
  const session::Look& look = session.look;
  return {.lesson = session.document.lesson->id,
          .scene = look.scene,
          .layer = look.layer,
          .view = look.view,
          .camera = look.camera};
}

}  // namespace

std::string time_of(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::max(0.0, seconds));
  const std::int64_t hours = whole / 3600;
  const std::int64_t minutes = whole / 60 % 60;
  const std::string rest = ":" + two_digits(whole % 60);
  return hours > 0 ? std::to_string(hours) + ":" + two_digits(minutes) + rest
                   : std::to_string(minutes) + rest;
}

void toggle_presenting(const PanelContext& context) {
  UiState& ui = context.ui;
  if (ui.presenter) {
    ui.presenter.reset();
    return;
  }
  if (ui.welcome) {
    mark_done(ui, kWelcomed);
    ui.welcome.reset();
  }
  ui.keys = KeyFocus::kStage;
  ui.focus.clear();
  ui.presenter.emplace();
  ui.presenter->subject = subject_of(context.session);
}

bool leave_presenting(UiState& ui) {
  if (!ui.presenter) {
    return false;
  }
  if (ui.presenter->blank) {
    ui.presenter->blank = false;
  } else if (ui.presenter->tool != Presenter::Tool::kNone) {
    ui.presenter->tool = Presenter::Tool::kNone;
  } else {
    ui.presenter.reset();
  }
  return true;
}

bool undo_stroke(UiState& ui) {
  if (!ui.presenter || ui.presenter->strokes.empty()) {
    return false;
  }
  ui.presenter->strokes.pop_back();
  ui.presenter->drawing = false;
  return true;
}

void follow_subject(const PanelContext& context) {
  if (!context.ui.presenter) {
    return;
  }
  Presenter& presenter = *context.ui.presenter;
  if (Presenter::Subject now = subject_of(context.session); now != presenter.subject) {
    presenter.subject = std::move(now);
    presenter.strokes.clear();
    presenter.drawing = false;
  }
}

}  // namespace convscope::panels
