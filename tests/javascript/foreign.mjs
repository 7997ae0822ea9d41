// Does code that is not ours read what we write, and do we read what it writes?
//
// One JSON object on standard input, one list of answers on standard output:
//   documents  every document that may be loaded, by address; nothing else is
//   now        the instant at which credentials are judged
//   tasks      {verify: credential} | {canonize: document} | {order: N-Quads}
//              | {issue: credential} | {present: presentation, challenge, domain}
//              (the last two with key: {id, controller, publicKeyMultibase, secretKeyMultibase})
// An answer is {ok: value} or {refused: reason}.

import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as rdfCanonize from 'rdf-canonize';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {readFileSync} from 'node:fs';

const {documents, now, tasks} = JSON.parse(readFileSync(0, 'utf8'));

async function documentLoader(url) {
  if(!Object.hasOwn(documents, url)) {
    throw new Error(`${url} is not given`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(documents[url])};
}

const readers = () => [
  new DataIntegrityProof({cryptosuite: rdfc}),
  new DataIntegrityProof({cryptosuite: jcs.createVerifyCryptosuite()})
];

async function writer(key) {
  const pair = await Ed25519Multikey.from(key);
  const date = now.replace(/\.\d+Z$/, 'Z');
  return new DataIntegrityProof({signer: pair.signer(), cryptosuite: rdfc, date});
}

function reasons(error) {
  const every = [error, ...(error?.errors ?? []), ...(error?.cause ? [error.cause] : [])];
  return every.map(one => `${one?.name}: ${one?.message}`).join(' | ');
}

const does = {
  async verify({verify}) {
    const suite = readers();
    const result = await vc.verifyCredential({
      credential: verify, suite, documentLoader, now,
      checkStatus: async options => checkStatus({
        ...options, suite, documentLoader, verifyBitstringStatusListCredential: true
      })
    });
    if(!result.verified) {
      throw result.error ?? new Error(JSON.stringify(result));
    }
    const {statusResult} = result;
    if(statusResult) {
      const set = statusResult.results.filter(one => one.status);
      if(!statusResult.verified || set.length) {
        throw new Error(`status: ${set.map(one => one.credentialStatus.statusPurpose)}`);
      }
    }
    return result.results.map(one => one.proof.cryptosuite);
  },
  async canonize({canonize}) {
    return rdfc.canonize(canonize, {documentLoader});
  },
  async order({order}) {
    return rdfCanonize.canonize(order, {
      algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads',
      maxWorkFactor: Infinity
    });
  },
  async issue({issue, key}) {
    return vc.issue({credential: issue, suite: await writer(key), documentLoader, now});
  },
  async present({present, challenge, domain, key}) {
    return vc.signPresentation({
      presentation: present, challenge, domain, suite: await writer(key), documentLoader
    });
  }
};

const answers = [];
for(const task of tasks) {
  const [kind] = Object.keys(does).filter(name => Object.hasOwn(task, name));
  try {
    answers.push({ok: await does[kind](task)});
  } catch(error) {
    answers.push({refused: reasons(error)});
  }
}
console.log(JSON.stringify(answers));
