package dev.sampo.planted.r10output.cluster;

/** The command line answers its user. */
final class Innocent {
  void say() {
    System.out.println("hello");
  }
}
