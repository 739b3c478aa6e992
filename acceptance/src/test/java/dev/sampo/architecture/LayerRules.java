package dev.sampo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
final class LayerRules {

  private LayerRules() {}

  static ArchRule pekkoStaysWithTheActors(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.all())
        .and()
        .resideOutsideOfPackages(
            layers.node(),
            layers.cluster(),
            layers.benchmarks(),
            layers.layer("persistence.journal"),
            layers.layer("testkit.inprocess"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.pekko..")
        .as(
            "R4: Pekko appears only in node, cluster, benchmarks, the journal and the testkit's"
                + " in-process ledgers")
        .because("what decides must also run without actors");
  }

  static ArchRule configurationStaysInCluster(Layers layers) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(layers.cluster(), layers.benchmarks(), layers.layer("node.system"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe.config..")
        .as(
            "R4: the configuration library appears only in cluster, benchmarks and where"
                + " Pekko is started")
        .because("everyone else is given values that were checked at the start");
  }

  static ArchRule dependenciesPointInward(Layers layers) {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("core")
        .definedBy(layers.core())
        .layer("client")
        .definedBy(layers.client())
        .layer("persistence")
        .definedBy(layers.persistence())
        .layer("node")
        .definedBy(layers.node())
        .layer("simulation")
        .definedBy(layers.simulation())
        .layer("testkit")
        .definedBy(layers.testkit())
        .layer("cluster")
        .definedBy(layers.cluster())
        .layer("benchmarks")
        .definedBy(layers.benchmarks())
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("client")
        .mayOnlyAccessLayers("core")
        .whereLayer("persistence")
        .mayOnlyAccessLayers("core")
        .whereLayer("node")
        .mayOnlyAccessLayers("core", "client", "persistence")
        .whereLayer("simulation")
        .mayOnlyAccessLayers("core")
        .whereLayer("testkit")
        .mayOnlyAccessLayers("core", "client", "persistence", "node", "simulation")
        .whereLayer("cluster")
        .mayOnlyAccessLayers("core", "client", "persistence", "node", "simulation")
        .whereLayer("benchmarks")
        .mayOnlyAccessLayers("core", "client", "persistence", "node", "cluster")
        .as("R5: dependencies point inward");
  }

  static ArchRule onlySimulateAndChaosSimulate(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.cluster())
        .and()
        .resideOutsideOfPackages(layers.layer("cluster.simulate"), layers.layer("cluster.chaos"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(layers.simulation())
        .as("R5: only simulate and chaos know the simulator")
        .because("a node runs without it");
  }

  static ArchRule aReaderHasNoVoice(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.layer("node.reader"))
        .or()
        .haveSimpleNameStartingWith("ReaderNode")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            layers.layer("node.consensus"),
            layers.layer("node.peer"),
            layers.layer("core.consensus"),
            layers.layer("persistence.journal"))
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Signer")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("Attester")
        .as("R12: a reader has no signer, no journal of promises and no peer links")
        .because("who follows a ledger without a vote says nothing in its name");
  }

  static ArchRule packagesFormNoCycle(Layers layers) {
    return slices()
        .matching(layers.root() + ".(**)")
        .should()
        .beFreeOfCycles()
        .as("R5: packages form no cycle");
  }
}
