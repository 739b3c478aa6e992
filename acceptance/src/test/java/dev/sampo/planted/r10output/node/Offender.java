package dev.sampo.planted.r10output.node;

/** Talks past the log. */
final class Offender {
  void say() {
    System.out.println("hello");
  }
}
