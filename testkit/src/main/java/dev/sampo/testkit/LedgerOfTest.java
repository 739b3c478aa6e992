package dev.sampo.testkit;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.testkit.inprocess.InProcessLedger;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.LedgerPlan;
import dev.sampo.testkit.ledger.LedgerStart;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.TestAccount;
import dev.sampo.testkit.ledger.VirtualClock;
import dev.sampo.testkit.simulated.SimulatedLedger;
import java.lang.reflect.InvocationTargetException;
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

/** Starts the ledger of one run of a test, hands it to the test, and stops it afterwards. */
final class LedgerOfTest
    implements BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {

  private final SampoTest test;
  private final Mode mode;
  private Optional<SampoNetwork> network = Optional.empty();

  LedgerOfTest(SampoTest test, Mode mode) {
    this.test = test;
    this.mode = mode;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    long seed = TestSeed.of(test.seed());
    context.publishReportEntry("sampo.seed", TestSeed.text(seed));
    network = Optional.of(new SampoNetwork(start(plan(seed))));
  }

  private LedgerUnderTest start(LedgerPlan plan) {
    return switch (mode) {
      case SIMULATED -> SimulatedLedger.start(plan);
      case IN_PROCESS -> InProcessLedger.start(plan);
    };
  }

  private LedgerPlan plan(long seed) {
    var accounts = Arrays.stream(test.accounts()).map(name -> TestAccount.of(name, seed)).toList();
    return new LedgerPlan(
        test.validators(),
        List.of(test.dataCentres()),
        test.organisations(),
        () -> make(test.application()),
        new LedgerPlan.Start(startOf(test.start(), test.application()), accounts),
        Arrays.stream(test.liars()).boxed().toList(),
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

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(SampoNetwork.class, LedgerClient.class, VirtualClock.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var given = network.orElseThrow();
    var type = parameter.getParameter().getType();
    if (type.equals(SampoNetwork.class)) {
      return given;
    }
    return type.equals(LedgerClient.class) ? given.client() : given.clock();
  }

  /** The seed travels with the failure, for whoever sees nothing but that. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    network.ifPresent(
        given -> {
          context.publishReportEntry("sampo.faults", given.history());
          failure.addSuppressed(new FailedWith(circumstances(context, given)));
        });
    throw failure;
  }

  private static String circumstances(ExtensionContext context, SampoNetwork given) {
    var place =
        context.getRequiredTestClass().getSimpleName()
            + "#"
            + context.getRequiredTestMethod().getName();
    return "mvn test -Dtest=%s -Dsampo.seed=%s, with these faults:%n%s"
        .formatted(place, TestSeed.text(given.seed()), given.history());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    network.ifPresent(SampoNetwork::close);
  }
}
