package dev.sampo.benchmarks.micro;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;

/**
 * The result of one benchmark.
 *
 * @param name of the class, without "Benchmark", and of the method
 * @param parameters by their names; most have none
 * @param micros for one operation, the mean of the measured iterations
 * @param error half of the confidence interval at 99.9 %; nothing if one iteration was measured
 */
record MicroFigure(
    String name, Map<String, String> parameters, double micros, OptionalDouble error) {

  private static final String SUFFIX = "Benchmark";

  MicroFigure {
    parameters = Map.copyOf(parameters);
  }

  static MicroFigure of(RunResult run) {
    var measured = run.getParams();
    var parameters = new LinkedHashMap<String, String>();
    measured.getParamsKeys().forEach(key -> parameters.put(key, measured.getParam(key)));
    var result = run.getPrimaryResult();
    double error = result.getScoreError();
    return new MicroFigure(
        shortened(measured.getBenchmark()),
        parameters,
        result.getScore(),
        Double.isFinite(error) ? OptionalDouble.of(error) : OptionalDouble.empty());
  }

  /** {@code Codec.decodeTransfer} for a method of {@code dev.sampo...CodecBenchmark}. */
  static String shortened(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    int type = benchmark.lastIndexOf('.', method - 1);
    var owner = benchmark.substring(type + 1, method);
    var shown =
        owner.endsWith(SUFFIX) ? owner.substring(0, owner.length() - SUFFIX.length()) : owner;
    return shown + benchmark.substring(method);
  }

  double perSecond() {
    return 1e6 / micros;
  }
}
