namespace convscope::lesson {
}  // namespace convscope::lesson
