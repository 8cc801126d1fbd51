package main

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type ignoreQuestion struct {
	Text  []byte   `json:"text"`  // the ignore file
	Paths []string `json:"paths"` // files, relative to the context, separated by slashes
}

// ignoreAnswer has one element a path. BuildKit's client (tonistiigi/fsutil) asks the patterns twice and in two ways:
// while it walks the context, which decides what the build sees, and when it opens a file to send it. A file that is
// not ignored but refused fails the build.
type ignoreAnswer struct {
	Patterns []string `json:"patterns"`
	Ignored  []bool   `json:"ignored"`
	Refused  []bool   `json:"refused"`
	Error    string   `json:"error,omitempty"` // the build fails: a pattern is malformed
}

// ignore tells which of the given files a build context leaves out.
func ignore(line []byte) (any, error) {
	var question ignoreQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	patterns, err := ignorefile.ReadAll(strings.NewReader(string(question.Text)))
	if err != nil {
		return ignoreAnswer{Error: err.Error()}, nil
	}
	answer := ignoreAnswer{Patterns: patterns}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return ignoreAnswer{Patterns: patterns, Error: err.Error()}, nil
	}
	walk := newWalker(matcher)
	for _, name := range question.Paths {
		met, err := walk.visit(name)
		if err != nil {
			return ignoreAnswer{Patterns: patterns, Error: err.Error()}, nil
		}
		refused, err := matcher.MatchesOrParentMatches(name)
		if err != nil {
			return ignoreAnswer{Patterns: patterns, Error: err.Error()}, nil
		}
		answer.Ignored = append(answer.Ignored, met.ignored)
		answer.Refused = append(answer.Refused, refused)
	}
	return answer, nil
}

type verdict struct {
	ignored bool
	skipped bool // a folder into which the walk does not go
	info    patternmatcher.MatchInfo
}

// walker does what the walk of fsutil's filter.go does with exclude patterns, and remembers the verdicts on folders.
type walker struct {
	matcher *patternmatcher.PatternMatcher
	plain   bool     // no exception has a wildcard but at its end
	kept    []string // the exceptions, wildcards at their end cut off, with a slash behind
	met     map[string]verdict
}

func newWalker(matcher *patternmatcher.PatternMatcher) walker {
	walk := walker{matcher: matcher, plain: true, met: map[string]verdict{}}
	for _, pattern := range matcher.Patterns() {
		if pattern.Exclusion() {
			prefix := strings.TrimSuffix(strings.TrimSuffix(pattern.String(), "/**"), "/*")
			walk.plain = walk.plain && !strings.ContainsAny(prefix, `*[]?^\`)
			walk.kept = append(walk.kept, prefix+"/")
		}
	}
	return walk
}

// visit judges a path after its parents.
func (w walker) visit(name string) (verdict, error) {
	if found, ok := w.met[name]; ok {
		return found, nil
	}
	var above verdict
	if parent := path.Dir(name); parent != "." {
		var err error
		if above, err = w.visit(parent); err != nil || above.skipped {
			return above, err
		}
	}
	ignored, info, err := w.matcher.MatchesUsingParentResults(name, above.info)
	if err != nil {
		return verdict{}, err
	}
	w.met[name] = verdict{ignored, ignored && w.skips(name+"/"), info}
	return w.met[name], nil
}

func (w walker) skips(folder string) bool {
	return w.plain && !slices.ContainsFunc(w.kept, func(kept string) bool { return strings.HasPrefix(kept, folder) })
}
