/** Every rule of the doctor, in the order in which docs/doctor.md tells of them: one file and one line each. */
import type {Rule} from '../rule.ts';
import {addressPool} from './address-pool.ts';
import {autolockOff} from './autolock-off.ts';
import {certificateLifetime} from './certificate-lifetime.ts';
import {clockSkew} from './clock-skew.ts';
import {closedPorts} from './closed-ports.ts';
import {dockerSocket} from './docker-socket.ts';
import {engineWarnings} from './engine-warnings.ts';
import {evenManagers} from './even-managers.ts';
import {fewPlaces} from './few-places.ts';
import {floatingTag} from './floating-tag.ts';
import {graceBeyondDelay} from './grace-beyond-delay.ts';
import {hostPortTwice} from './host-port-twice.ts';
import {managerUnreachable} from './manager-unreachable.ts';
import {managersInOneZone} from './managers-in-one-zone.ts';
import {managersTakeTasks} from './managers-take-tasks.ts';
import {memoryOvercommitted} from './memory-overcommitted.ts';
import {mixedEngines} from './mixed-engines.ts';
import {monitorTooShort} from './monitor-too-short.ts';
import {mountMissing} from './mount-missing.ts';
import {nameShared} from './name-shared.ts';
import {networkAddresses} from './network-addresses.ts';
import {noDigest} from './no-digest.ts';
import {noHealthCheck} from './no-health-check.ts';
import {noLimits} from './no-limits.ts';
import {noReservations} from './no-reservations.ts';
import {noRollback} from './no-rollback.ts';
import {nodeDown} from './node-down.ts';
import {nodeLoss} from './node-loss.ts';
import {oneReplica} from './one-replica.ts';
import {overReserved} from './over-reserved.ts';
import {overlappingSubnets} from './overlapping-subnets.ts';
import {pendingLong} from './pending-long.ts';
import {privileged} from './privileged.ts';
import {quorumEdge} from './quorum-edge.ts';
import {replicasTogether} from './replicas-together.ts';
import {restartLoop} from './restart-loop.ts';
import {rootCertificate} from './root-certificate.ts';
import {secretInEnvironment} from './secret-in-environment.ts';
import {singleManager} from './single-manager.ts';
import {stoppedContainers} from './stopped-containers.ts';
import {storageDriver} from './storage-driver.ts';
import {tooFewTasks} from './too-few-tasks.ts';
import {unlikeReserved} from './unlike-reserved.ts';
import {unusedConfig} from './unused-config.ts';
import {unusedImages} from './unused-images.ts';
import {unusedNetwork} from './unused-network.ts';
import {unusedSecret} from './unused-secret.ts';
import {unusedVolumes} from './unused-volumes.ts';
import {updateContinues} from './update-continues.ts';
import {updatePaused} from './update-paused.ts';
import {zoneLoss} from './zone-loss.ts';

export const rules: readonly Rule[] = [
	quorumEdge,
	managerUnreachable,
	singleManager,
	evenManagers,
	managersInOneZone,
	managersTakeTasks,
	mixedEngines,
	certificateLifetime,
	rootCertificate,
	clockSkew,
	autolockOff,
	nodeLoss,
	zoneLoss,
	overReserved,
	memoryOvercommitted,
	unlikeReserved,
	addressPool,
	networkAddresses,
	overlappingSubnets,
	hostPortTwice,
	tooFewTasks,
	restartLoop,
	pendingLong,
	updatePaused,
	mountMissing,
	fewPlaces,
	oneReplica,
	replicasTogether,
	noHealthCheck,
	noLimits,
	noReservations,
	floatingTag,
	noDigest,
	updateContinues,
	noRollback,
	monitorTooShort,
	graceBeyondDelay,
	nameShared,
	secretInEnvironment,
	dockerSocket,
	privileged,
	unusedSecret,
	unusedConfig,
	unusedNetwork,
	unusedVolumes,
	unusedImages,
	nodeDown,
	storageDriver,
	engineWarnings,
	stoppedContainers,
	closedPorts,
];
