// How the filter is trained: a section of the inspector.
#include <algorithm>
#include <cmath>
#include <variant>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/limits.h"
#include "core/lesson/training.h"

namespace convscope::panels {
namespace {

using Kind = conv::Optimizer::Kind;

// What the fields work on, and what was done to them this frame.
struct TrainingForm {
  const PanelContext& context;
  TypedTraining training;
  widgets::NumberEdit edit = {};
};

// Every pixel of a drag changes a learning rate by a hundredth of itself: any order of magnitude is
// as near as any other.
void learning_rate_row(TrainingForm& form) {
  constexpr double kShare = 0.01;
  constexpr double kFromZero = 1e-5;
  const PanelContext& context = form.context;
  double& lr = form.training.optimizer.lr;
  const auto speed = static_cast<float>(std::max(std::abs(lr) * kShare, kFromZero));
  widgets::begin_field_row(context, "lr");
  form.edit |= widgets::real_field(context, "##lr", context.locale.text("tip.lr"), lr, speed,
                                   {.width = widgets::field_width(context), .format = "%.6g"});
  lr = std::max(lr, 0.0);
}

// A number from 0 up to, but not including, 1.
void share_field(TrainingForm& form, const char* id, double& share, float width,
                 const std::string& tip) {
  constexpr double kMost = 0.9999;
  const double before = share;
  widgets::NumberEdit edit =
      widgets::real_field(form.context, id, tip, share, 0.002f, {.width = width});
  share = std::clamp(share, 0.0, kMost);
  edit.changed = edit.changed && share != before;
  form.edit |= edit;
}

void memory_row(TrainingForm& form) {
  const PanelContext& context = form.context;
  conv::Optimizer& optimizer = form.training.optimizer;
  if (optimizer.kind == Kind::kSgd) {
    widgets::begin_field_row(context, "momentum");
    share_field(form, "##momentum", optimizer.momentum, widgets::field_width(context),
                context.locale.text("tip.momentum"));
    return;
  }
  const float half = widgets::half_field_width(context);
  widgets::begin_field_row(context, "betas");
  share_field(form, "##beta1", optimizer.beta1, half, context.locale.text("tip.beta1"));
  ImGui::SameLine(0, widgets::field_gap(context));
  share_field(form, "##beta2", optimizer.beta2, half, context.locale.text("tip.beta2"));
}

void steps_row(TrainingForm& form) {
  const PanelContext& context = form.context;
  std::int64_t& steps = form.training.steps;
  widgets::begin_field_row(context, "steps");
  form.edit |= widgets::integer_field(context, "##steps", context.locale.text("tip.training_steps"),
                                      steps, {.width = widgets::field_width(context)}, 1);
  steps = std::clamp<std::int64_t>(steps, 1, lesson::kMaxTrainingSteps);
}

// The other optimizer comes with its own usual numbers: a good learning rate of one is none of the
// other.
void optimizer_row(TrainingForm& form) {
  const PanelContext& context = form.context;
  widgets::begin_field_row(context, "optimizer");
  ImGui::SetNextItemWidth(widgets::field_width(context));
  const auto name = [](Kind kind) { return kind == Kind::kAdam ? "Adam" : "SGD"; };
  if (widgets::begin_dropdown(context, "##optimizer", name(form.training.optimizer.kind))) {
    int index = 0;
    for (const Kind kind : {Kind::kSgd, Kind::kAdam}) {
      const bool current = kind == form.training.optimizer.kind;
      if (widgets::dropdown_item(context, index++, name(kind), current) && !current) {
        form.training.optimizer = lesson::usual_optimizer(session::scene_of(context.session), kind);
        form.edit = {.changed = true, .released = true};
      }
    }
    widgets::end_dropdown(context, index);
  } else {
    widgets::tooltip(context, context.locale.text("tip.optimizer"));
  }
}

void hand_over(const TrainingForm& form) {
  if (widgets::is_due(form.edit, form.training, form.context.ui.typed_training)) {
    form.context.emit(
        session::action::SetTraining{form.training.optimizer, form.training.steps, false});
  }
  if (form.edit.released) {
    form.context.emit(session::action::Commit{});
  }
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

// In a scene of convolutions and ReLUs: all of them, or the first layer alone.
void layers_choice(const PanelContext& context, const TypedTraining& now) {
  const lesson::Scene& scene = session::scene_of(context.session);
  if (scene.layers.size() < 2 || !conv::is_trainable(lesson::trained_chain(scene, true))) {
    return;
  }
  bool all = scene.training && scene.training->all_layers;
  if (widgets::check_box(context, context.locale.text("panel.train_all"), all)) {
    context.emit(session::action::SetTraining{now.optimizer, now.steps, true, all});
  }
  widgets::tooltip(context, context.locale.text("tip.train_all"));
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
  TrainingForm form{context, context.ui.typed_training.value_or(current_training(context))};
  optimizer_row(form);
  learning_rate_row(form);
  memory_row(form);
  steps_row(form);
  layers_choice(context, form.training);
  choices(context);
  ImGui::EndDisabled();
  ImGui::PopStyleVar();
  hand_over(form);
}

}  // namespace convscope::panels
