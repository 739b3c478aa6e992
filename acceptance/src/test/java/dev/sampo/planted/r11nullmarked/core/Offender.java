package dev.sampo.planted.r11nullmarked.core;

/** May be null, may be not. */
record Offender(String name) {}
