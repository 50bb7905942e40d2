// How the filter is trained: a section of the inspector.
#include <algorithm>
#include <cmath>
#include <variant>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/limits.h"
#include "core/lesson/training.h"

namespace convscope::panels {
namespace {

using Kind = conv::Optimizer::Kind;

// What the fields work on, and whether someone changed it this frame.
struct Form {
  const PanelContext& context;
  TypedTraining training;
  bool changed = false;
  bool typing = false;    // a number is half-typed: "1" may become "15"
  bool released = false;  // a field that had been changed was let go
};

void begin_row(const Form& form, const char* name) {
  ImGui::AlignTextToFramePadding();
  {
    const widgets::FontScope font(form.context.fonts.mono);
    ImGui::TextUnformatted(name);
  }
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - form.context.em(148));
}

void after_number(Form& form, const char* id, bool edited, const std::string& tip) {
  form.changed = form.changed || edited;
  form.typing = form.typing || (ImGui::IsItemActive() && ImGui::GetIO().WantTextInput);
  form.released = form.released || ImGui::IsItemDeactivatedAfterEdit();
  widgets::mark_field_focus(form.context, id);
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  widgets::tooltip(form.context, tip + " " + form.context.locale.text("panel.number_field"));
}

// Every pixel of a drag changes a learning rate by a hundredth of itself: any order of magnitude is
// as near as any other.
void learning_rate_row(Form& form) {
  constexpr double kShare = 0.01;
  constexpr double kFromZero = 1e-5;
  double& lr = form.training.optimizer.lr;
  begin_row(form, "lr");
  ImGui::SetNextItemWidth(form.context.em(148));
  const auto speed = static_cast<float>(std::max(std::abs(lr) * kShare, kFromZero));
  widgets::give_field_focus(form.context, "##lr");
  const bool edited =
      ImGui::DragScalar("##lr", ImGuiDataType_Double, &lr, speed, nullptr, nullptr, "%.6g");
  lr = std::max(lr, 0.0);
  after_number(form, "##lr", edited, form.context.locale.text("tip.lr"));
}

// A number from 0 up to, but not including, 1.
void share_field(Form& form, const char* id, double& share, float width, const std::string& tip) {
  constexpr double kLeast = 0;
  constexpr double kMost = 0.9999;
  ImGui::SetNextItemWidth(width);
  widgets::give_field_focus(form.context, id);
  const bool edited =
      ImGui::DragScalar(id, ImGuiDataType_Double, &share, 0.002f, &kLeast, &kMost, "%.4g");
  share = std::clamp(share, kLeast, kMost);
  after_number(form, id, edited, tip);
}

void memory_row(Form& form) {
  const PanelContext& context = form.context;
  conv::Optimizer& optimizer = form.training.optimizer;
  const float width = context.em(148);
  if (optimizer.kind == Kind::kSgd) {
    begin_row(form, "momentum");
    share_field(form, "##momentum", optimizer.momentum, width, context.locale.text("tip.momentum"));
    return;
  }
  const float gap = context.em(6);
  const float half = std::floor((width - gap) / 2);
  begin_row(form, "betas");
  share_field(form, "##beta1", optimizer.beta1, half, context.locale.text("tip.beta1"));
  ImGui::SameLine(0, gap);
  share_field(form, "##beta2", optimizer.beta2, half, context.locale.text("tip.beta2"));
}

void steps_row(Form& form) {
  std::int64_t& steps = form.training.steps;
  begin_row(form, "steps");
  ImGui::SetNextItemWidth(form.context.em(148));
  widgets::give_field_focus(form.context, "##steps");
  const bool edited =
      ImGui::DragScalar("##steps", ImGuiDataType_S64, &steps, 1.0f, nullptr, nullptr, "%lld");
  steps = std::clamp<std::int64_t>(steps, 1, lesson::kMaxTrainingSteps);
  after_number(form, "##steps", edited, form.context.locale.text("tip.training_steps"));
}

// The other optimizer comes with its own usual numbers: a good learning rate of one is none of the
// other.
void optimizer_row(Form& form) {
  const PanelContext& context = form.context;
  begin_row(form, "optimizer");
  ImGui::SetNextItemWidth(context.em(148));
  const auto name = [](Kind kind) { return kind == Kind::kAdam ? "Adam" : "SGD"; };
  if (widgets::begin_dropdown(context, "##optimizer", name(form.training.optimizer.kind))) {
    int index = 0;
    for (const Kind kind : {Kind::kSgd, Kind::kAdam}) {
      const bool current = kind == form.training.optimizer.kind;
      if (widgets::dropdown_item(context, index++, name(kind), current) && !current) {
        form.training.optimizer = lesson::usual_optimizer(session::scene_of(context.session), kind);
        form.changed = form.released = true;
      }
    }
    widgets::end_dropdown(context, index);
  } else {
    widgets::tooltip(context, context.locale.text("tip.optimizer"));
  }
}

// A drag shows at once what it does, a typed number when it is complete.
void hand_over(const Form& form) {
  std::optional<TypedTraining>& typed = form.context.ui.typed_training;
  if (form.typing && !form.released) {
    typed = form.changed ? std::optional(form.training) : typed;
    return;
  }
  if (form.changed || typed) {
    form.context.emit(
        session::action::SetTraining{form.training.optimizer, form.training.steps, false});
  }
  if (form.released) {
    form.context.emit(session::action::Commit{});
  }
  typed.reset();
}

// The scene's own settings, else those of the run that is shown.
TypedTraining current_training(const PanelContext& context) {
  if (const auto& training = session::scene_of(context.session).training) {
    return {training->optimizer, training->steps};
  }
  const conv::DescentHistory& history = context.derived.training;
  return {history.optimizer, lesson::training_steps(session::scene_of(context.session))};
}

std::int64_t next_seed(const lesson::Scene& scene) {
  if (!scene.training || scene.training->start.base.empty()) {
    return 2;  // the usual start is the first
  }
  const auto* seeded = std::get_if<lesson::SeededSource>(&scene.training->start.source);
  return seeded != nullptr ? static_cast<std::int64_t>(seeded->random.seed) + 1 : 1;
}

void choices(const PanelContext& context) {
  const lesson::Scene& scene = session::scene_of(context.session);
  const lesson::Locale& locale = context.locale;
  if (widgets::plain_button(context, locale.text("panel.other_start"),
                            locale.text("tip.other_start"))) {
    context.emit(session::action::SetStart{next_seed(scene)});
  }
  bool drawn = scene.training && !scene.training->target.base.empty();
  if (widgets::check_box(context, locale.text("panel.draw_target"), drawn)) {
    context.emit(session::action::DrawTarget{drawn});
  }
  widgets::tooltip(context, locale.text("tip.draw_target"));
}

}  // namespace

void training_section(const PanelContext& context) {
  widgets::heading(context, context.locale.text("panel.training"));
  const std::vector<Problem> problems =
      lesson::training_problems(session::scene_of(context.session));
  if (!problems.empty()) {
    for (const Problem& problem : problems) {
      widgets::warning_text(context, context.locale.sentence(problem));
    }
    return;
  }
  const bool ready =
      session::scene_of(context.session).training || !context.derived.training->empty();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  ImGui::BeginDisabled(!ready);
  Form form{context, context.ui.typed_training.value_or(current_training(context))};
  optimizer_row(form);
  learning_rate_row(form);
  memory_row(form);
  steps_row(form);
  choices(context);
  ImGui::EndDisabled();
  ImGui::PopStyleVar();
  hand_over(form);
}

}  // namespace convscope::panels
