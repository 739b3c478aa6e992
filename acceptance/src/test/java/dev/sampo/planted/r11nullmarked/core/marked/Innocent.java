package dev.sampo.planted.r11nullmarked.core.marked;

/** Is not null. */
record Innocent(String name) {}
