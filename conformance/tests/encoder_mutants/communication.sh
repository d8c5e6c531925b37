# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of what the solver may choose: sources of reads, order of writes, last values.
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
in=encode/communication.cpp

mutant "reads from a write that does not happen" $in 'clauses_.add({-from, happens_[w.id]});' ''
mutant "a read that does not happen has a source" $in 'clauses_.add({-from, happens_[r.id]});' ''
mutant "reads from another cell" $in 'clauses_.add({-from, cell});' ''
mutant "reads another value than was written" $in 'values_.equate(from, w.value, r.value);' ''
mutant "a read without a source" $in 'clauses_.add(sources);' ''
mutant "no source is enough" $in 'sources.push_back(from);' ''
mutant "a read of an uninitialised cell does not happen" $in \
  'sources.push_back(stray->second);' ''
mutant "an uninitialised cell is not told" $in 'stray_ = clauses_.any(strays, true);' ''
mutant "writes of a cell in no order" $in 'clauses_.add({-both, forth, back});' ''
mutant "writes of a cell in both orders" $in 'clauses_.add({-forth, -back});' ''
mutant "an order of writes that do not both happen" $in 'clauses_.add({-forth, both});' ''
mutant "the other order of such writes" $in 'clauses_.add({-back, both});' ''
mutant "initial writes in no order" $in \
  'co.push_back(a_initial ? Edge{a, b, both} : Edge{b, a, both});' ''
mutant "the order of writes is not transitive" $in \
  'clauses_.add({-first.lit, -second.lit, co_.at(first.from, second.to)});' ''
mutant "values out of thin air" $in 'forbid_cycles(Relation{std::move(flow)}, clauses_);' ''
mutant "thin air through addresses" $in '{&e.address, &e.data}' '{&e.data}'
mutant "thin air through values" $in '{&e.address, &e.data}' '{&e.address}'
mutant "thin air on branches not taken" $in \
  'ways[d.read].push_back(values_.condition(d.when));' 'ways[d.read].push_back(lit_true);'
mutant "no read is undetermined" $in 'e.lit = clauses_.both(e.lit, -floats, true);' ''
mutant "any read is undetermined" $in \
  'clauses_.add({-values_.condition(term::eq(r.value, nothing))});' ''
mutant "a last write that does not happen" $in 'clauses_.add({-is_last, happens_[w.id]});' ''
mutant "the last write of another cell" $in 'clauses_.add({-is_last, cell});' ''
mutant "another last value than was written" $in \
  'values_.equate(is_last, w.value, final.value);' ''
mutant "a last write before others" $in \
  'for (const Edge& later : co_.row(w.id)) clauses_.add({-is_last, -later.lit});' ''
mutant "no write is last" $in 'clauses_.add(last);' ''
mutant "one cell and another are the same" $in \
  'known = values_.condition(same_cell(program_.events[a].cell, program_.events[b].cell));' \
  'known = lit_true;'
mutant "assumptions are not made" encode/encoding.cpp \
  'for (const Term& a : program_.assumptions) clauses_.add({values_.condition(a)});' ''
mutant "threads that a question tells apart change places" encode/symmetry.cpp \
  'return question(swapped) == question_;' 'return true;'
mutant "threads of different code change places" encode/symmetry.cpp \
  'canonical(x, there) != canonical(y, {})' 'false'
mutant "threads change places the wrong way round" $in \
  'clauses_.add({-happens_[b], happens_[a]});' 'clauses_.add({-happens_[a]});'
implied "threads change places" $in 'if (sorted) sort_threads();' '' \
  "one order is as good as another; it is for speed"
implied "a read sees later writes of its thread" $in \
  ' || ordered_[r.id][w.id]) continue;' ') continue;' \
  "coherence, in every model"
implied "branches of one thread communicate" $in \
  'return a != b && thread != initial_thread' 'return false && a != b && thread != initial_thread' \
  "no two of them happen in one execution"

in=encode/races.cpp
mutant "a race has an order" $in 'if (race.second < race.first) std::swap(race.first, race.second);' ''
mutant "one race is all there are" $in 'out.found.insert(race);
        break;' 'out.found.insert(race);
        return out;'
mutant "the cell is part of the site" $in "event.site.substr(0, event.site.find('.'))" 'event.site'
mutant "without an execution there is no race" $in \
  'if (out.reason.empty()) out.reason = encoding.vacuous();' ''
mutant "what may race does" $in 'if (result != Solver::Result::sat) continue;
        encoding.witness(std::nullopt);  // calculated once more without the solver
' ''
score
