package dev.sampo.planted.r5layers.cluster;

import dev.sampo.planted.r5layers.testkit.Kit;

/** A command that needs what only tests have. */
record OffenderInTests(Kit kit) {}
