package dev.sampo.planted.r4config.node;

import com.typesafe.config.Config;

/** A node that reads its own configuration. */
record Offender(Config config) {}
