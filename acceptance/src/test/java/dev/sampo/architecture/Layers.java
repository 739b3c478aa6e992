package dev.sampo.architecture;

/** The layers below one root package: Sampo's own, or those of a planted violation. */
record Layers(String root) {

  static final Layers SAMPO = new Layers("dev.sampo");

  String all() {
    return root + "..";
  }

  String core() {
    return layer("core");
  }

  String client() {
    return layer("client");
  }

  String persistence() {
    return layer("persistence");
  }

  String node() {
    return layer("node");
  }

  String simulation() {
    return layer("simulation");
  }

  String testkit() {
    return layer("testkit");
  }

  String cluster() {
    return layer("cluster");
  }

  String benchmarks() {
    return layer("benchmarks");
  }

  /** Where the protobuf messages and services are generated. */
  String generated() {
    return layer("client.v1");
  }

  /** A package below the root, with everything below it. */
  String layer(String name) {
    return root + "." + name + "..";
  }
}
