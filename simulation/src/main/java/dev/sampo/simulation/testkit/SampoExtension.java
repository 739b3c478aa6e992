package dev.sampo.simulation.testkit;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.simulation.inprocess.InProcessLedger;
import dev.sampo.simulation.ledger.CoinsForAll;
import dev.sampo.simulation.ledger.LedgerPlan;
import dev.sampo.simulation.ledger.LedgerStart;
import dev.sampo.simulation.ledger.LedgerUnderTest;
import dev.sampo.simulation.ledger.TestAccount;
import dev.sampo.simulation.ledger.VirtualClock;
import java.lang.reflect.InvocationTargetException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the ledger of a {@link SampoTest}, hands it to the test, and stops it afterwards. */
final class SampoExtension
    implements BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {

  private static final ExtensionContext.Namespace OWN =
      ExtensionContext.Namespace.create(SampoExtension.class);
  private static final String NETWORK = "network";

  @Override
  public void beforeEach(ExtensionContext context) {
    var test = annotationOf(context);
    long seed = test.seed() == 0 ? new SecureRandom().nextLong() : test.seed();
    context.publishReportEntry("sampo.seed", Long.toString(seed));
    context.getStore(OWN).put(NETWORK, new SampoNetwork(start(test.mode(), plan(test, seed))));
  }

  private static SampoTest annotationOf(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), SampoTest.class)
        .orElseThrow(() -> new ExtensionConfigurationException("the test needs @SampoTest"));
  }

  private static LedgerUnderTest start(Mode mode, LedgerPlan plan) {
    return switch (mode) {
      case IN_PROCESS -> InProcessLedger.start(plan);
    };
  }

  private static LedgerPlan plan(SampoTest test, long seed) {
    var accounts = Arrays.stream(test.accounts()).map(name -> TestAccount.of(name, seed)).toList();
    return new LedgerPlan(
        test.validators(),
        List.of(test.dataCentres()),
        () -> make(test.application()),
        new LedgerPlan.Start(startOf(test.start(), test.application()), accounts),
        seed);
  }

  private static LedgerStart startOf(
      Class<? extends LedgerStart> start, Class<? extends Application> application) {
    if (!start.equals(LedgerStart.class)) {
      return make(start);
    }
    return application.equals(Assets.class) ? new CoinsForAll() : new LedgerStart() {};
  }

  private static <T> T make(Class<? extends T> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException missing) {
      throw new ExtensionConfigurationException(
          type.getName() + " needs a constructor without parameters", missing);
    } catch (InvocationTargetException failed) {
      throw new ExtensionConfigurationException(
          "the constructor of " + type.getName() + " failed", failed.getCause());
    }
  }

  private static Optional<SampoNetwork> network(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(OWN).get(NETWORK, SampoNetwork.class));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(SampoNetwork.class, LedgerClient.class, VirtualClock.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var network = network(context).orElseThrow();
    var type = parameter.getParameter().getType();
    if (type.equals(SampoNetwork.class)) {
      return network;
    }
    return type.equals(LedgerClient.class) ? network.client() : network.clock();
  }

  /** The seed travels with the failure, for whoever sees nothing but that. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    network(context)
        .ifPresent(
            network -> {
              var history = network.history();
              context.publishReportEntry("sampo.faults", history);
              failure.addSuppressed(
                  new FailedWith(
                      "@SampoTest(seed = " + network.seed() + "L) and these faults:\n" + history));
            });
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    network(context).ifPresent(SampoNetwork::close);
  }
}
