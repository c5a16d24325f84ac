"""The process of `detente forecast`, written out for January 2019 without any code of the project.

States, moves and preferences are those of the founding case as its tables give them. Between days the chain is a
dense matrix exponential; the one event of unknown day is a mixture over its days. Prints for each class and date the
probability to be in it and to have reached it: `python3 reference.py > reference.csv`. Needs numpy and scipy.
"""

import numpy as np, itertools
from scipy.linalg import expm
from datetime import date

O = [
    "U.sign",
    "U.relief",
    "U.peace",
    "U.cancel",
    "D.sign",
    "D.yong",
    "D.decl",
    "D.test",
    "R.bridge",
]
ix = {o: i for i, o in enumerate(O)}
own = [0, 0, 0, 0, 1, 1, 1, 1, 2]
irr = {"U.peace", "D.decl"}


def feas(s):
    g = lambda o: s[ix[o]]
    if g("D.decl") and not g("D.yong"):
        return False
    if g("D.test") and (g("D.yong") or g("D.sign")):
        return False
    if g("R.bridge") and not g("U.relief"):
        return False
    if (g("U.relief") or g("U.peace")) and not g("U.sign"):
        return False
    if g("D.yong") and not g("D.sign"):
        return False
    return True


S = [s for s in itertools.product([0, 1], repeat=9) if feas(s)]
N = len(S)
at = {s: i for i, s in enumerate(S)}
assert N == 70


def pref(hinge):
    def v(s):
        us, ur, up, uc, ds, dy, dd, dt, rb = s
        U = (
            [not dt, (not ur) or dy, dd]
            + ([(not ur) or dd] if hinge else [])
            + [dy, us and ds, uc, not ur, not up]
        )
        D = [
            not dd,
            (not dt) if (uc or ur or us) else True,
            (not dy) or ur,
            ur,
            uc,
            us and ds,
            up,
            not dt,
            not dy,
        ]
        R = [not dt, us and ds, dy and ur, rb, up, not uc]
        f = lambda L: sum(int(bool(x)) << (20 - i) for i, x in enumerate(L))
        return [f(U), f(D), f(R)]

    return np.array([v(s) for s in S]).T  # 3 x N


# DPRK: "test only if none of cancel/relief/US.sign": not test if (cancel or relief or sign)
def cons(before, after):
    # when not US.relief then not bridge: fires when condition becomes true
    a = list(after)
    if before[1] == 1 and a[1] == 0:
        a[8] = 0
    return tuple(a)


def move(s, vals, party_set):
    # set options in vals (dict idx->v); only in permitted direction
    t = list(s)
    for i, v in vals.items():
        if O[i] in irr and s[i] == 1 and v == 0:
            return None
        t[i] = v
    t = cons(s, tuple(t))
    return t if t in at else None


def reach(s, parties):
    idx = [i for i in range(9) if own[i] in parties]
    out = {}
    for bits in itertools.product([0, 1], repeat=len(idx)):
        vals = dict(zip(idx, bits))
        t = move(s, vals, parties)
        if t is not None and t != s:
            out.setdefault(t, vals)
    return out


UNI = [[reach(s, [p]) for s in S] for p in range(3)]
RATE = [1 / 30, 1 / 30, 1 / 60]


def gen(P):
    Q = np.zeros((N, N))
    for p in range(3):
        for i, s in enumerate(S):
            T = [at[t] for t in UNI[p][i] if P[p][at[t]] > P[p][i]]
            for t in T:
                Q[i, t] += RATE[p] / len(T)
                Q[i, i] -= RATE[p] / len(T)
    return Q


def joint(P, parties):
    J = []
    for i, s in enumerate(S):
        R = reach(s, parties)
        T = [at[t] for t in R if all(P[p][at[t]] > P[p][i] for p in parties)]
        T = [
            t
            for t in T
            if not any(
                all(P[p][u] >= P[p][t] for p in parties) and any(P[p][u] > P[p][t] for p in parties)
                for u in T
            )
        ]
        J.append(T)
    return J


def cls(s):
    us, ur, up, uc, ds, dy, dd, dt, rb = s
    if dt:
        return "crisis"
    if dd and ur:
        return "big deal"
    if dd:
        return "FFVD without relief"
    if dy and ur:
        return "small deal"
    if dy:
        return "Yongbyon for nothing"
    if ur:
        return "relief for nothing"
    if us and ds and up:
        return "vague text with peace"
    if us and ds:
        return "vague text"
    return "no text"


C = [cls(s) for s in S]
names = [
    "crisis",
    "big deal",
    "FFVD without relief",
    "small deal",
    "Yongbyon for nothing",
    "relief for nothing",
    "vague text with peace",
    "vague text",
    "no text",
]
d0 = date(2019, 1, 20)
day = lambda y, m, d: (date(y, m, d) - d0).days
END = day(2019, 4, 30)
DATES = [day(2019, 1, 31), day(2019, 2, 20), day(2019, 3, 5), day(2019, 3, 20), END]


def run(absorb=None):
    tot = {d: np.zeros(N) for d in DATES}
    worlds = [(0.5, True), (0.5, False)]
    for w, h in worlds:
        Pa, Pb = pref(h), pref(True)

        def prep(P):
            Q = gen(P)
            if absorb is not None:
                for i in absorb:
                    Q[i, :] = 0
            return expm(Q), joint(P, [0, 1]), joint(P, [0, 1, 2]), P

        A, B = prep(Pa), prep(Pb)

        def meet2(dist, env):
            # dist: dict draft->vector
            E, J2, J3, P = env
            out = np.zeros(N)
            for dr, vec in dist.items():
                for i in range(N):
                    m = vec[i]
                    if m == 0:
                        continue
                    if absorb is not None and i in absorb:
                        out[i] += m
                        continue
                    if dr is not None:
                        vals = dict(dr)
                        ok = all(own[k] in (0, 1) for k in vals)
                        t = move(S[i], vals, None) if ok else None
                        if (
                            t is not None
                            and t != S[i]
                            and all(P[p][at[t]] > P[p][i] for p in (0, 1))
                        ):
                            out[at[t]] += m
                            continue
                    T = J2[i]
                    if T:
                        out[i] += 0.5 * m
                        for t in T:
                            out[t] += 0.5 * m / len(T)
                    else:
                        out[i] += m
            return {None: out}

        # start
        v = np.zeros(N)
        v[at[(0,) * 9]] = 1
        dist = {None: v}
        step = lambda dist, E: {k: x @ E for k, x in dist.items()}
        # mixture on second's day
        win = list(range(day(2019, 2, 15), day(2019, 3, 5) + 1))
        chance = 0.675
        scen = [(chance / len(win), x) for x in win] + [(1 - chance, None)]

        # run to first window day w/o event shared
        def stock(dist, env):
            E, J2, J3, P = env
            vec = dist[None]
            out = {None: np.zeros(N)}
            for i in range(N):
                m = vec[i]
                if m == 0:
                    continue
                T = J3[i]
                if absorb is not None and i in absorb:
                    T = []
                if T:
                    out[None][i] += 0.5 * m
                    for t in T:
                        ch = tuple((k, S[t][k]) for k in range(9) if S[t][k] != S[i][k])
                        out.setdefault(ch, np.zeros(N))[i] += 0.5 * m / len(T)
                else:
                    out[None][i] += m
            return out

        for pr, x in scen:
            d = dict(dist)
            env = A
            for t in range(1, END + 1):
                d = step(d, env[0])
                if t == day(2019, 1, 21):
                    d = stock(d, env)
                if x is not None and t == x:
                    d = meet2(d, env)
                if t == day(2019, 3, 10):
                    env = B
                if t == day(2019, 3, 20):
                    d = meet2(d, env)
                if t in tot:
                    tot[t] += w * pr * sum(d.values())
    return tot


tot = run()
print("class,date,probability,reached")
for n in names:
    ab = {i for i in range(N) if C[i] == n}
    r = run(absorb=ab)
    for d in DATES:
        inside = sum(tot[d][i] for i in range(N) if C[i] == n)
        reached = sum(r[d][i] for i in ab)
        print(f"{n},{date.fromordinal(d0.toordinal()+d)},{inside:.9f},{reached:.9f}")
