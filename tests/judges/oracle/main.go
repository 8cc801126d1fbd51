// The oracle answers for the real tools: BuildKit's Dockerfile parser and shell lexer, and the filter that
// decides which files of a folder a build context holds.
//
//	oracle dockerfile|words|ignore <questions >answers
//
// Questions and answers are JSON, one object a line, in the same order. Text that need not be UTF-8 ([]byte below)
// is base64.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	answers := map[string]func([]byte) (any, error){"dockerfile": dockerfile, "words": words, "ignore": ignore}
	if len(os.Args) != 2 || answers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: oracle dockerfile|words|ignore <questions >answers")
		os.Exit(2)
	}
	if err := serve(answers[os.Args[1]]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(answer func([]byte) (any, error)) error {
	questions := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for {
		line, err := questions.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			return nil
		}
		reply, err := answer(line)
		if err != nil {
			return err
		}
		if err := encoder.Encode(reply); err != nil {
			return err
		}
	}
}
