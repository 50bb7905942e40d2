#include "app/cli/run/arrays_out.h"

#include <span>
#include <system_error>

#include "app/cli/run/run_report.h"
#include "app/cli/values.h"
#include "app/files/system/file_io.h"
#include "core/code/numbers/scene_tensors.h"
#include "core/tensor/npy.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

namespace fs = std::filesystem;

// Removes what was created unless keep() is called.
class Undo {
 public:
  Undo() = default;
  ~Undo() {
    std::error_code ignored;
    for (auto made = made_.rbegin(); made != made_.rend(); ++made) {
      fs::remove(*made, ignored);
    }
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;

  void made(const fs::path& path) { made_.push_back(path); }
  void keep() { made_.clear(); }

 private:
  std::vector<fs::path> made_;
};

void make_folder(const fs::path& folder, Undo& undo) {
  std::error_code error;
  if (fs::is_directory(folder, error)) {
    return;
  }
  const fs::path parent = fs::absolute(folder).lexically_normal().parent_path();
  if (!fs::exists(parent, error) && parent != folder) {
    make_folder(parent, undo);
  }
  fs::create_directory(folder, error);
  if (error || !fs::is_directory(folder)) {
    const std::error_code reason = error ? error : std::make_error_code(std::errc::not_a_directory);
    throw Failure(
        {"folder_unwritable", "--out", {{"file", folder.string()}, {"reason", reason.message()}}});
  }
  undo.made(folder);
}

Failure lacks(const char* tensor, const session::Session& session) {
  return Failure({"run_no_tensor",
                  "--tensor",
                  {{"tensor", tensor}, {"layer", std::int64_t{session.look.layer + 1}}}});
}

std::vector<code::NamedTensor> chosen_tensor(RunTensor tensor, const code::Plan& plan,
                                             const session::Session& session,
                                             const derive::Derived& derived) {
  const auto at = static_cast<std::size_t>(session.look.layer);
  const code::PlannedLayer& layer = plan.layers[at];
  switch (tensor) {
    case RunTensor::kInput:
      return {code::input_of_layer(plan, at, derived.layers[at].input)};
    case RunTensor::kWeight:
      return layer.weight.empty() ? throw lacks("weight", session)
                                  : std::vector{code::weight_of_layer(layer)};
    case RunTensor::kBias:
      if (!session::layer_of(session).spec.bias && !layer.weight.empty()) {
        throw Failure(
            {"run_no_bias", "--tensor", {{"layer", std::int64_t{session.look.layer + 1}}}});
      }
      return layer.weight.empty() ? throw lacks("bias", session)
                                  : std::vector{code::bias_of_layer(layer)};
    case RunTensor::kOutput:
      break;
  }
  return {code::output_of_layer(layer, derived.layers[at].output)};
}

}  // namespace

const code::NumberFormat* number_format_of(const fs::path& out) {
  std::error_code ignored;
  const std::string ending = files::lower_extension(out);
  if (fs::is_directory(out, ignored) || ending.empty()) {
    return nullptr;
  }
  const code::NumberFormat* format = code::number_format_of_ending(ending);
  if (format == nullptr && says_format(out)) {
    throw Failure({"usage_run_format",
                   "--out",
                   {{"file", out.string()}, {"allowed", code::number_endings()}}});
  }
  return format;
}

void write_numbers(const command::Run& what, const code::NumberFormat& format,
                   const session::Session& session, const derive::Derived& derived) {
  const code::Plan plan =
      code::plan_of(*session.document.lesson, static_cast<std::size_t>(session.look.scene),
                    session.look.language);
  const std::vector<code::NamedTensor> tensors =
      format.of_scene
          ? code::scene_tensors(plan, derive::maps_of(derived))
          : chosen_tensor(what.tensor.value_or(RunTensor::kOutput), plan, session, derived);
  if (const auto problem = code::too_many_numbers(tensors, format.most_values)) {
    throw Failure(*problem);
  }
  files::write_file(*what.out, format.write(tensors));
}

std::vector<std::string> write_arrays(const derive::LayerResult& layer, bool one_dimensional,
                                      const fs::path& folder) {
  Undo undo;
  make_folder(folder, undo);
  std::vector<std::string> files;
  const auto write = [&](const char* name, const std::vector<std::int64_t>& shape,
                         std::span<const float> values) {
    const fs::path path = folder / name;
    files::write_file(path, npy_bytes(shape, values));
    undo.made(path);
    files.push_back(path.string());
  };
  write("input.npy", array_shape(layer.input.shape(), one_dimensional), layer.input.values());
  if (conv::has_weight(layer.spec.op)) {
    const std::int64_t filters = layer.spec.out_channels;
    const std::vector<float> no_bias(static_cast<std::size_t>(filters), 0.0F);
    write("weight.npy", array_shape(layer.weight.shape(), one_dimensional), layer.weight.values());
    write("bias.npy", {filters},
          layer.bias.empty() ? std::span<const float>(no_bias) : layer.bias.values());
  }
  write("output.npy", output_array_shape(layer.spec, layer.output_shape, one_dimensional),
        layer.output.values());
  undo.keep();
  return files;
}

}  // namespace convscope::cli
